import { randomBytes, randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { randomEventId } from "../../src/core/signals"
import { query } from "../set-up/databases"
import { openStore, startMedusa, type RunningMedusa, type RunningStore } from "../set-up/server"

/** 202 means committed: the server is killed with kill -9 in the middle of many requests, and what it acknowledged is there. */
describe("kill -9 of the server in the middle of intake", () => {
  let store: RunningStore
  const env = { INTAKE_REQUESTS_PER_MINUTE: "1000000" }
  let again: RunningMedusa | undefined

  beforeAll(async () => {
    store = await openStore("kill", { env })
  })

  afterAll(async () => {
    await again?.stop()
    await store?.stop()
  })

  it("loses no acknowledged event, and counts none twice when all are sent again", async () => {
    const visitor_id = randomUUID()
    const consented = await fetch(`${store.url}/store/marketing/consents`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-publishable-api-key": store.store.publishable_key },
      body: JSON.stringify({ visitor_id, purposes: { analytics: true } }),
    })
    expect(consented.status).toBe(200)

    const sent: string[][] = []
    const acknowledged: string[] = []
    let killed = false
    const body = (ids: string[]) =>
      JSON.stringify({
        publishable_key: store.store.publishable_key,
        visitor_id,
        session_id: visitor_id,
        sent_at: new Date().toISOString(),
        events: ids.map((id) => ({ id, type: "product_viewed", product_id: store.store.products[0].id })),
      })
    const post = (url: string, ids: string[]) =>
      fetch(`${url}/marketing/events`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: body(ids),
      })
    const sender = async () => {
      while (!killed) {
        const ids = Array.from({ length: 20 }, () => randomEventId(Date.now(), randomBytes(10)))
        sent.push(ids)
        const answer = await post(store.url, ids).catch(() => null)
        if (answer?.status === 202) acknowledged.push(...ids)
        else if (answer) throw new Error(`${answer.status}: ${await answer.text()}`)
      }
    }
    const senders = Array.from({ length: 8 }, sender)
    while (acknowledged.length < 400) await sleep(5)
    await store.kill()
    killed = true
    await Promise.all(senders)

    const stored = async () =>
      new Set(
        (
          await query<{ id: string }>(
            store.database,
            "select id from marketing_event where visitor_id = $1",
            [visitor_id],
          )
        ).map((row) => row.id),
      )
    const after_kill = await stored()
    expect(acknowledged.filter((id) => !after_kill.has(id))).toEqual([])

    again = await startMedusa({ databaseUrl: store.databaseUrl, log: "kill-again", env })
    for (const ids of sent) expect((await post(again.url, ids)).status).toBe(202)
    const [{ n }] = await query<{ n: number }>(
      store.database,
      "select count(*)::int as n from marketing_event where visitor_id = $1",
      [visitor_id],
    )
    expect(n).toBe(sent.flat().length)
  })
})
