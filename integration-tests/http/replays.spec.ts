/** Two models of one store are replayed on its last days, over HTTP, with a real worker thread. */
import { randomBytes } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { randomEventId, type LogEvent } from "../../src/core/signals"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../src/modules/signals"
import type { ModelsAnswer, Replay, ReplayAnswer, ReplaysAnswer } from "../../src/types/http"
import { trainNow } from "../../src/workflows/intelligence/workflows/train-recommendations"
import { createStore, signInAdmin, type StoreFixture } from "../set-up/store"

const DAY = 86_400_000

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let store: StoreFixture
    let headers: Record<string, string>

    beforeEach(async () => {
      store = await createStore(getContainer(), { products: 12 })
      headers = await signInAdmin(api.defaults.baseURL as string, store.admin)
    })

    /** 60 shoppers who come every fortnight for one half of the cups or the other. */
    async function orders(): Promise<void> {
      const events: LogEvent[] = []
      for (let shopper = 0; shopper < 60; shopper++) {
        for (let visit = 0; visit < 8; visit++) {
          const occurred_at = Date.now() - visit * 14 * DAY - shopper * 60_000
          for (let line = 0; line < 2; line++) {
            const cup = (shopper % 2) * 6 + ((shopper + visit * 5 + line * 3) % 6)
            events.push({
              id: randomEventId(occurred_at, randomBytes(10)),
              occurred_at,
              type: "item_purchased",
              source: "backfill",
              customer_id: `cus_${shopper}`,
              order_id: `order_${shopper}_${visit}`,
              product_id: store.products[cup].id,
              data: { quantity: 1, unit_price: 10, currency_code: "eur" },
            })
          }
        }
      }
      const signals = getContainer().resolve<SignalsModuleService>(SIGNALS_MODULE)
      await signals.setConsentRule({
        country_code: "*",
        defaults: { personalisation: true },
        confirmed_by: "test",
      })
      await signals.record(events)
    }

    async function finished(model_id: string): Promise<Replay> {
      for (;;) {
        const { data }: { data: ReplaysAnswer } = await api.get(
          `/admin/marketing/models/${model_id}/replays`,
          {
            headers,
          },
        )
        if (data.replays[0].status !== "running") return data.replays[0]
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }

    const status = (error: { response: { status: number; data: { message: string } } }) => error.response

    it("holds a stored model against the one that serves, on orders that neither had seen", async () => {
      await orders()
      await trainNow(getContainer())
      await trainNow(getContainer())
      const { data: list }: { data: ModelsAnswer } = await api.get("/admin/marketing/models", { headers })
      const [serving, former] = list.models
      expect([serving.status, former.status]).toEqual(["active", "retired"])

      const { status: accepted, data }: { status: number; data: ReplayAnswer } = await api.post(
        `/admin/marketing/models/${former.id}/replays`,
        { days: 14 },
        { headers },
      )
      expect(accepted).toBe(202)
      expect(data.replay).toMatchObject({ model_id: former.id, against_id: serving.id, days: 14 })
      const replay = await finished(former.id)
      expect(replay.error).toBeNull()
      expect(replay.status).toBe("succeeded")
      const figures = replay.metrics!
      expect(figures.cases).toBe(60)
      // Both were chosen from the same orders, so the same is what they guess.
      expect(figures.gain).toBe(0)
      expect(figures.hr10).toBeGreaterThan(0.5)
      expect(figures.hr10_low).toBeLessThanOrEqual(figures.hr10)
      expect(figures.active_hr10).toBe(figures.hr10)
      const after: { data: ModelsAnswer } = await api.get("/admin/marketing/models", { headers })
      expect(after.data.models.map(({ id }) => id)).toEqual([serving.id, former.id])
    })

    it("tells a model of another release from one that is no longer stored", async () => {
      await orders()
      await trainNow(getContainer())
      await trainNow(getContainer())
      const { data }: { data: ModelsAnswer } = await api.get("/admin/marketing/models", { headers })
      const former = data.models[1]
      const pg = getContainer().resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
      const replayed = async () => {
        await api.post(`/admin/marketing/models/${former.id}/replays`, { days: 14 }, { headers })
        return (await finished(former.id)).error
      }
      await pg.raw(
        "update marketing_model_chunk set bytes = decode(repeat('00', length(bytes)), 'hex') where model_id = ?",
        [former.id],
      )
      expect(await replayed()).toContain(`version ${former.version} is of another release`)
      await pg("marketing_model_chunk").where({ model_id: former.id }).delete()
      expect(await replayed()).toContain(`version ${former.version} is no longer stored`)
    })

    it("says what it cannot replay", async () => {
      await orders()
      await trainNow(getContainer())
      const { data: list }: { data: ModelsAnswer } = await api.get("/admin/marketing/models", { headers })
      const url = `/admin/marketing/models/${list.models[0].id}/replays`
      const self = await api.post(url, { days: 14 }, { headers }).catch(status)
      expect(self.status).toBe(400)
      expect((self.data as { message: string }).message).toContain("is the one that serves")
      const short = await api.post(url, { days: 1 }, { headers }).catch(status)
      expect(short.status).toBe(400)
      expect((short.data as { message: string }).message).toContain("days")
      const gone = await api.post("/admin/marketing/models/none/replays", {}, { headers }).catch(status)
      expect(gone.status).toBe(404)
    })
  },
})
