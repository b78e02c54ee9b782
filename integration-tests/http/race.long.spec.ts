import { randomBytes, randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { randomEventId } from "../../src/core/signals"
import { query } from "../set-up/databases"
import { openStore, startMedusa, type RunningMedusa, type RunningStore } from "../set-up/server"

const env = { INTAKE_REQUESTS_PER_MINUTE: "1000000" }
const KILLS = 3

/** Two servers over one database are sent the same batches at the same time, while one of them is killed again and again. */
describe("two servers taking in the same events", () => {
  let store: RunningStore
  let other: RunningMedusa

  beforeAll(async () => {
    store = await openStore("race", { env })
    other = await startMedusa({ databaseUrl: store.databaseUrl, log: "race-other", env })
  })

  afterAll(async () => {
    await other?.stop()
    await store?.stop()
  })

  it("keeps every acknowledged event, each once", async () => {
    const visitor_id = randomUUID()
    const post = (url: string, path: string, body: object) =>
      fetch(`${url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-publishable-api-key": store.store.publishable_key },
        body: JSON.stringify(body),
      })
    await post(store.url, "/store/marketing/consents", { visitor_id, purposes: { analytics: true } })
    const acknowledged = new Set<string>()
    let over = false
    const sender = async () => {
      while (!over) {
        const events = Array.from({ length: 25 }, () => ({
          id: randomEventId(Date.now(), randomBytes(10)),
          type: "product_viewed",
          product_id: store.store.products[0].id,
        }))
        const batch = {
          publishable_key: store.store.publishable_key,
          visitor_id,
          session_id: visitor_id,
          sent_at: new Date().toISOString(),
          events,
        }
        const answers = await Promise.all(
          [store.url, other.url].map((url) => post(url, "/marketing/events", batch).catch(() => null)),
        )
        if (answers.some((answer) => answer?.status === 202))
          for (const { id } of events) acknowledged.add(id)
      }
    }
    const senders = Array.from({ length: 8 }, sender)
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(4_000)
      await other.kill()
      other = await startMedusa({ databaseUrl: store.databaseUrl, log: "race-other", env })
    }
    over = true
    await Promise.all(senders)
    const rows = await query<{ id: string }>(
      store.database,
      "select id from marketing_event where visitor_id = $1",
      [visitor_id],
    )
    const stored = new Set(rows.map((row) => row.id))
    expect(stored.size).toBe(rows.length)
    expect(acknowledged.size).toBeGreaterThan(1_000)
    expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([])
  })
})
