import { setTimeout as sleep } from "node:timers/promises"
import { query } from "../set-up/databases"
import { openStore, spawnMedusa, type RunningStore } from "../set-up/server"
import { call, signInAdmin } from "../set-up/store"

const KEYS = 2_000
const LIMIT = 700
const KILLS = 5

/** The race of decisions-race.spec.ts for longer: two processes at a time on the same keys, one of them killed again and again. */
describe("processes that are killed again and again while they decide and deliver", () => {
  let store: RunningStore

  beforeAll(async () => {
    store = await openStore("decisions_race_long")
  })

  afterAll(async () => {
    await store?.stop()
  })

  it("spend a budget exactly, do nothing twice and lose nothing", async () => {
    const rows = <T extends object>(sql: string) => query<T>(store.database, sql)
    const count = async (sql: string) =>
      (await rows<{ n: number }>(`select count(*)::int as n from ${sql}`))[0].n
    const run = (name: string) =>
      spawnMedusa(["exec", "./integration-tests/set-up/decide-many.ts", String(KEYS), "many"], {
        databaseUrl: store.databaseUrl,
        log: `decide-many-long-${name}`,
      })
    await call(`${store.url}/admin/marketing/budgets`, {
      body: { scope: "store", period: "total", kind: "count", limit: LIMIT },
      headers: await signInAdmin(store.url, store.store.admin),
    })
    for (let kill = 0; kill < KILLS; kill++) {
      const before = await count("marketing_decision")
      const killed = run("killed")
      const lasting = run("lasting")
      // Somewhere in the middle of deciding, of delivering, or of both.
      while ((await count("marketing_decision")) < before + 50 && before + 50 < KEYS) await sleep(5)
      await sleep(40 * kill)
      killed.kill()
      await killed.ended
      lasting.kill()
      await lasting.ended
      await rows("update marketing_delivery set claimed_until = now() where status = 'delivering'")
    }
    expect(await count("marketing_decision")).toBeLessThan(KEYS)
    const [one, other] = [run("one"), run("other")]
    expect(await Promise.all([one.ended, other.ended])).toEqual([0, 0])
    await rows("update marketing_delivery set claimed_until = now() where status = 'delivering'")
    while ((await count("marketing_delivery where status <> 'delivered'")) > 0) await sleep(100)

    expect(await count("marketing_decision")).toBe(KEYS)
    expect(await count("marketing_decision where outcome = 'act'")).toBe(LIMIT)
    expect(await count("notification where idempotency_key like 'marketing:%'")).toBe(LIMIT)
    expect(await count("marketing_alert where decision_id is not null")).toBe(LIMIT)
    expect(await rows("select reserved::int, settled::int from marketing_budget_use")).toEqual([
      { reserved: 0, settled: LIMIT },
    ])
  })
})
