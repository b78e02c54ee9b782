import { randomBytes } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { serverEventId, type LogEvent } from "../../src/core/signals"
import type { SignalsModuleService } from "../../src/modules/signals"
import { READER, readerTransaction } from "../../src/providers/postgres"

// Nothing else writes. Read when the configuration is.
process.env.MEDUSA_WORKER_MODE = "server"

/** The second that the end of the log is held back, and some more. */
const SETTLED_MS = 1_300

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ getContainer }) => {
    const event = (type: LogEvent["type"] = "searched"): LogEvent => ({
      id: serverEventId(Date.now(), randomBytes(10)),
      occurred_at: Date.now(),
      type,
      source: "server",
      data: {},
    })

    it("skips nothing that a transaction which began earlier commits later", async () => {
      const container = getContainer()
      const pg: Knex = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      const signals = container.resolve<SignalsModuleService>("marketing_signals")
      const { reader } = signals
      await signals.record([event()])
      const start = await reader.end()
      const [slow, quick] = [event(), event()]
      const running = await pg.transaction()
      await running.raw("select 1")
      await signals.record([quick])
      await sleep(SETTLED_MS)
      const meanwhile = await reader.after(start, 100)
      expect(meanwhile.events.map(({ id }) => id)).not.toContain(quick.id)
      await signals.record([slow], running)
      await running.commit()
      await sleep(SETTLED_MS)
      const after = await reader.after(meanwhile.next, 100)
      const read = [...meanwhile.events, ...after.events].map(({ id }) => id)
      expect(read.filter((id) => id === slow.id || id === quick.id)).toEqual([slow.id, quick.id])
      expect(after.caught_up).toBe(true)
      expect((await reader.after(after.next, 100)).events).toEqual([])
    })

    it("does not wait for a long transaction that only reads", async () => {
      const container = getContainer()
      const signals = container.resolve<SignalsModuleService>("marketing_signals")
      const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
      const start = await signals.reader.end()
      const one = event()
      await readerTransaction(pg, async (trx) => {
        await trx.raw("create temporary table kept on commit drop as select 1 as one")
        await signals.record([one])
        await sleep(SETTLED_MS)
        const { events } = await signals.reader.after(start, 100)
        expect(events.map(({ id }) => id)).toContain(one.id)
      })
      const { rows } = await pg.raw(
        "select count(*)::int as left from pg_stat_activity where application_name = ?",
        [READER],
      )
      expect(rows[0].left).toBe(0)
    })

    it("reads every event once in pages, many of one moment and of the wanted types only", async () => {
      const container = getContainer()
      const signals = container.resolve<SignalsModuleService>("marketing_signals")
      let position = await signals.reader.end()
      const wanted = Array.from({ length: 25 }, () => event())
      const unwanted = Array.from({ length: 25 }, () => event("page_left"))
      await signals.record([...wanted, ...unwanted])
      await sleep(SETTLED_MS)
      const read: string[] = []
      for (let caught_up = false; !caught_up;) {
        const page = await signals.reader.after(position, 7, ["searched"])
        read.push(...page.events.map(({ id }) => id))
        position = page.next
        caught_up = page.caught_up
      }
      const ids = new Set(wanted.map(({ id }) => id))
      expect(read.filter((id) => ids.has(id)).sort()).toEqual([...ids].sort())
      expect(read.some((id) => unwanted.some((other) => other.id === id))).toBe(false)
    })
  },
})
