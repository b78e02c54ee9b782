import { setTimeout as sleep } from "node:timers/promises"
import { query } from "../set-up/databases"
import { openStore, spawnMedusa, startMedusa, type RunningMedusa, type RunningStore } from "../set-up/server"
import { call, signInAdmin } from "../set-up/store"

const KEYS = 200
const LIMIT = 50

/** One store, several processes over one database; one of them is killed with kill -9 on its way. */
describe("processes that decide and deliver at the same time", () => {
  let store: RunningStore
  let first: RunningMedusa | undefined
  let second: RunningMedusa | undefined
  let admin: Record<string, string>

  beforeAll(async () => {
    store = await openStore("decisions_race")
    admin = await signInAdmin(store.url, store.store.admin)
  })

  afterAll(async () => {
    await first?.stop()
    await second?.stop()
    await store?.stop()
  })

  const rows = <T extends object>(sql: string) => query<T>(store.database, sql)
  const count = async (sql: string) =>
    (await rows<{ n: number }>(`select count(*)::int as n from ${sql}`))[0].n
  const run = (name: string, keys = "many", many = KEYS) =>
    spawnMedusa(["exec", "./integration-tests/set-up/decide-many.ts", String(many), keys], {
      databaseUrl: store.databaseUrl,
      log: `decide-many-${name}`,
    })
  const shown = () => count("notification where idempotency_key like 'marketing:%'")

  it("spend a budget for 50 exactly, do nothing twice and lose nothing, though one is killed in the middle", async () => {
    await call(`${store.url}/admin/marketing/budgets`, {
      body: { scope: "store", period: "total", kind: "count", limit: LIMIT },
      headers: admin,
    })
    const one = run("killed")
    const other = run("other")
    while ((await shown()) < 5) await sleep(10)
    one.kill()
    expect(await one.ended).toBe(-1)
    expect(await shown()).toBeLessThan(LIMIT)
    expect(await other.ended).toBe(0)
    expect(await run("again").ended).toBe(0)

    // What the killed one had begun is taken up when its time has run out; nobody needs to wait for that here.
    await rows("update marketing_delivery set claimed_until = now() where status = 'delivering'")
    while ((await count("marketing_delivery where status <> 'delivered'")) > 0) await sleep(100)

    expect(await count("marketing_decision")).toBe(KEYS)
    expect(
      await rows("select outcome, count(*)::int as n from marketing_decision group by 1 order by 1"),
    ).toEqual([
      { outcome: "act", n: LIMIT },
      { outcome: "blocked", n: KEYS - LIMIT },
    ])
    expect(await rows("select reserved::int, settled::int from marketing_budget_use")).toEqual([
      { reserved: 0, settled: LIMIT },
    ])
    expect(
      await rows("select kind, count(*)::int as n from marketing_budget_entry group by 1 order by 1"),
    ).toEqual([
      { kind: "reserve", n: LIMIT },
      { kind: "settle", n: LIMIT },
    ])
    const acts = await rows("select id from marketing_decision where outcome = 'act' order by id")
    expect(
      await rows("select decision_id as id from marketing_alert where decision_id is not null order by 1"),
    ).toEqual(acts)
    expect(
      await rows(
        "select replace(idempotency_key, 'marketing:', '') as id from notification where idempotency_key like 'marketing:%' order by 1",
      ),
    ).toEqual(acts)
  })

  it("obey within two seconds a kill switch that another one pulled, and still when both have started again", async () => {
    second = await startMedusa({ databaseUrl: store.databaseUrl, log: "decisions-race-second" })
    const pull = (killed: boolean, url = store.url) =>
      call(`${url}/admin/marketing/kill-switch`, {
        body: { scope: "store", killed, ...(killed ? { reason: "a test" } : {}) },
        headers: admin,
      })
    /** A light decision: how much a shopper is shown. */
    const shelf = async (url: string) => {
      const { recommendations } = await call<{ recommendations: unknown[] }>(
        `${url}/store/marketing/recommendations?placement=home`,
        { headers: { "x-publishable-api-key": store.store.publishable_key } },
      )
      return recommendations.length
    }
    for (const { url } of [store, second]) expect(await shelf(url)).toBeGreaterThan(0)

    await pull(true)
    const pulled = Date.now()
    while ((await shelf(second.url)) > 0) await sleep(20)
    expect(Date.now() - pulled).toBeLessThan(2_000)
    expect(await shelf(store.url)).toBe(0)

    await store.kill()
    await second.kill()
    first = await startMedusa({ databaseUrl: store.databaseUrl, log: "decisions-race-first" })
    second = await startMedusa({ databaseUrl: store.databaseUrl, log: "decisions-race-second" })
    for (const { url } of [first, second]) expect(await shelf(url)).toBe(0)
    // A heavy one, in yet another process.
    expect(await run("stopped", "stopped", 10).ended).toBe(0)
    expect(
      await rows(
        `select outcome, verdict->'reasons'->0->>'code' as code, count(*)::int as n from marketing_decision
         where dedupe_key like 'stopped:%' group by 1, 2`,
      ),
    ).toEqual([{ outcome: "blocked", code: "kill_switch", n: 10 }])

    await pull(false, first.url)
    const released = Date.now()
    while ((await shelf(second.url)) === 0) await sleep(20)
    expect(Date.now() - released).toBeLessThan(2_000)
  })
})
