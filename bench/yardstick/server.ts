/**
 * The plugin's store with two empty routes beside it, in a process of its own: what our routes are held against in the
 * same run. `POST /yardstick` stands outside /store and takes a body; `GET /store/yardstick` stands behind Medusa's key
 * check. Both pass every middleware that Medusa puts before a custom route.
 *
 * The store is made on first start: `PRODUCTS` products, `ORDERS` orders in the log, a trained model. Prints one line
 * of JSON when it listens, and ends with its parent.
 */
import { randomBytes } from "node:crypto"
import { createServer } from "node:http"
import path from "node:path"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import loaders from "@medusajs/medusa/loaders/index"
import express from "express"
import { showToEverybody } from "../../integration-tests/set-up/holdouts"
import { createStore, type StoreFixture } from "../../integration-tests/set-up/store"
import { randomEventId, type LogEvent } from "../../src/core/signals"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../src/modules/intelligence"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../src/modules/signals"
import { startTraining, trainNow } from "../../src/workflows/intelligence/workflows/train-recommendations"
import { addHistory, addProducts } from "./wide"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

const PRODUCTS = 400
/** More than this many products, and as many events as asked for, are made by SQL. */
const WIDE_PRODUCTS = Number(process.env.YARDSTICK_PRODUCTS ?? 0)
const WIDE_EVENTS = Number(process.env.YARDSTICK_EVENTS ?? 0)
const ORDERS = 8_000
const DAY = 86_400_000

async function fill(container: MedusaContainer): Promise<StoreFixture> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  await pg.raw("create table if not exists bench_store (store text)")
  const { rows } = (await pg.raw("select store from bench_store")) as { rows: { store: string }[] }
  if (rows.length > 0) return JSON.parse(rows[0].store) as StoreFixture
  const wide = WIDE_PRODUCTS > 0
  const store = await createStore(container, { products: wide ? 6 : PRODUCTS })
  // An empty shelf is a quick one.
  await showToEverybody(container)
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  if (wide) {
    const products = await addProducts(pg, store, WIDE_PRODUCTS)
    await addHistory(signals, products, {
      events: WIDE_EVENTS,
      shoppers: Math.ceil(WIDE_EVENTS / 20),
      now: Date.now(),
    })
    await trainNow(container)
    await pg.raw("insert into bench_store values (?)", [JSON.stringify(store)])
    return store
  }
  let state = 1
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (let n = 0; n < ORDERS; n += 500) {
    const events: LogEvent[] = []
    for (let i = n; i < n + 500; i++) {
      const occurred_at = Date.now() - next(180) * DAY
      const start = next(PRODUCTS)
      for (let line = 0; line <= next(4); line++) {
        events.push({
          id: randomEventId(occurred_at, randomBytes(10)),
          occurred_at,
          type: "item_purchased",
          source: "backfill",
          order_id: `order_${i}`,
          product_id: store.products[(start + line * (1 + next(3))) % PRODUCTS].id,
          data: { quantity: 1, unit_price: 10, currency_code: "eur" },
        })
      }
    }
    await signals.record(events)
  }
  await trainNow(container)
  await pg.raw("insert into bench_store values (?)", [JSON.stringify(store)])
  return store
}

async function main(): Promise<void> {
  const app = express()
  const { container } = await loaders({ directory: path.resolve(__dirname, "../.."), expressApp: app })
  app.post("/yardstick", (_req, res) => void res.status(202).json({}))
  app.get("/store/yardstick", (_req, res) => void res.json({}))
  // What a merchant's "Train now" does, without a sign-in.
  app.post("/yardstick/training", (_req, res) => {
    startTraining(container).then(
      (run) => res.json({ id: run.id }),
      (error: unknown) => res.status(500).json({ message: String(error) }),
    )
  })
  app.get("/yardstick/training", (_req, res) => {
    const intelligence = container.resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
    intelligence.trainingUnderWay("recommendations").then(
      (run) => res.json({ under_way: run !== null }),
      (error: unknown) => res.status(500).json({ message: String(error) }),
    )
  })
  const store = await fill(container)
  const server = createServer(app)
  // Longer than any pause of a load, so that no request meets a connection that is just being closed.
  server.keepAliveTimeout = 300_000
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as { port: number }
    process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}`, store })}\n`)
  })
  process.on("disconnect", () => process.exit())
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
