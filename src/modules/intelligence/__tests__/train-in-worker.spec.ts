import {
  INTERACTION_KIND,
  parseModel,
  rankShelf,
  serialiseModel,
  SHIPPED_PLACEMENTS,
  TrainingDataBuilder,
  trainRecommendations,
} from "../../../core/recommendations"
import { trainInWorker } from "../train-in-worker"

const NOW = Date.UTC(2026, 0, 1)
const options = { now: NOW, seed: 1, resamples: 20 }

function smallStore() {
  const builder = new TrainingDataBuilder()
  for (const id of ["a", "b", "c"]) builder.addProduct({ id, title: `title ${id}`, created_at: 0 })
  for (let i = 0; i < 30; i++) {
    for (const id of i % 3 === 0 ? ["c"] : ["a", "b"]) {
      builder.addInteraction(`s${i}`, `o${i}`, id, INTERACTION_KIND.buy, NOW - i * 86_400_000)
    }
  }
  return builder.finish()
}

it("a thread learns the same model as this one, and tells how far it is", async () => {
  const fractions: number[] = []
  const { bytes, metrics } = await trainInWorker(smallStore(), options, {
    onProgress: ({ fraction }) => fractions.push(fraction),
  })
  const here = trainRecommendations(smallStore(), options)
  expect(Buffer.from(bytes).equals(Buffer.from(serialiseModel(here.model)))).toBe(true)
  expect(metrics).toEqual(here.metrics)
  const { products } = rankShelf(parseModel(bytes), new Map(), {
    placement: SHIPPED_PLACEMENTS.product.settings,
    seeds: ["a"],
    limit: 1,
    now: NOW,
    currencies: [],
  })
  expect(products[0].product_id).toBe("b")
  expect(fractions[fractions.length - 1]).toBe(1)
  expect([...fractions].sort((a, b) => a - b)).toEqual(fractions)
})

it("an aborted training rejects with the signal's reason", async () => {
  const controller = new AbortController()
  const training = trainInWorker(smallStore(), options, { signal: controller.signal })
  controller.abort(new Error("shutting down"))
  await expect(training).rejects.toThrow("shutting down")
  await expect(trainInWorker(smallStore(), options, { signal: controller.signal })).rejects.toThrow(
    "shutting down",
  )
})

it("a fault in the thread is the promise's fault", async () => {
  await expect(trainInWorker(smallStore(), { ...options, holdout_days: -1 })).rejects.toThrow("holdout_days")
})
