import type { ConsentBody, EventBatch, EventBatchAnswer, Purpose } from "../../src/types/http"
import { Choices } from "../choices"
import { MarketingClient } from "../client"
import { Identity } from "../identity"
import type { Store } from "../storage"
import { Tracker } from "../tracker"

export function memoryStore(values = new Map<string, string>()): Store {
  return {
    get: <T>(key: string) => (values.has(key) ? (JSON.parse(values.get(key)!) as T) : undefined),
    set: (key, value) => {
      values.set(key, JSON.stringify(value))
      return true
    },
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  }
}

/** A server that can be told what to answer, and remembers what it was asked. */
export class FakeServer {
  now = Date.parse("2026-03-01T12:00:00Z")
  batches: (EventBatch & { authorization?: string })[] = []
  decisions: (ConsentBody & { authorization?: string })[] = []
  beacons: EventBatch[] = []
  defaults: Partial<Record<Purpose, boolean>> = {}
  /** Answers instead of the usual one, in turn: a status, or a part of the answer. */
  next: (number | Partial<EventBatchAnswer> | "offline")[] = []
  nextDecision: (number | "offline")[] = []

  fetch = async (url: unknown, init: RequestInit = {}): Promise<Response> => {
    const { pathname } = new URL(String(url))
    const headers = init.headers as Record<string, string>
    const body = init.body === undefined ? undefined : JSON.parse(init.body as string)
    const authorization = headers.authorization
    if (pathname === "/marketing/events") {
      const turn = this.next.shift() ?? {}
      if (turn === "offline") throw new TypeError("Failed to fetch")
      if (typeof turn === "number") return new Response("{}", { status: turn })
      this.batches.push({ ...body, authorization })
      const accepted = turn.accepted ?? body.events.length
      return this.answer(accepted > 0 || turn.withheld ? 202 : 400, {
        accepted: body.events.length,
        withheld: 0,
        rejected: [],
        server_time: new Date(this.now).toISOString(),
        visitor_id: body.visitor_id,
        ...turn,
      })
    }
    if (pathname === "/store/marketing/consents") {
      const turn = this.nextDecision.shift() ?? 200
      if (turn === "offline") throw new TypeError("Failed to fetch")
      if (turn !== 200) return new Response("{}", { status: turn })
      if (init.method === "POST") this.decisions.push({ ...body, authorization })
      const purposes: Purpose[] = ["analytics", "personalisation", "marketing_email"]
      const consent = Object.fromEntries(
        purposes.map((purpose) => [
          purpose,
          { granted: this.defaults[purpose] ?? false, source: "default", decided_at: null },
        ]),
      )
      return this.answer(200, { consent, country_code: null })
    }
    throw new Error(`unexpected call of ${pathname}`)
  }

  private answer(status: number, body: unknown): Response {
    return new Response(JSON.stringify(body), { status })
  }
}

export interface PageOptions {
  server?: FakeServer
  values?: Map<string, string>
  /** Browser clock minus server clock, ms. */
  clockError?: number
  objected?: boolean
}

/** What a page has after the kit has started in a browser with this storage. */
export function openPage({ server = new FakeServer(), values = new Map(), ...rest }: PageOptions = {}) {
  const store = memoryStore(values)
  const clock = { now: () => server.now + (rest.clockError ?? 0) }
  const client = new MarketingClient({
    backendUrl: "https://shop.example/",
    publishableKey: "pk_1",
    fetch: server.fetch,
  })
  client.beacon = (batch) => {
    server.beacons.push(batch)
    return true
  }
  const identity = new Identity(store, clock.now)
  const holder: { tracker?: Tracker } = {}
  const choices = new Choices({
    client,
    identity,
    store,
    objected: () => rest.objected ?? false,
    country: () => "de",
    token: () => holder.tracker?.customerToken,
  })
  const refused: string[] = []
  const tracker = new Tracker({
    client,
    identity,
    choices,
    store,
    wait: 1_000_000,
    now: clock.now,
    refused: (_events, why) => refused.push(why),
  })
  holder.tracker = tracker
  return { server, values, store, identity, choices, tracker, refused }
}
