import { mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"
import type { MedusaContainer } from "@medusajs/framework/types"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../src/modules/signals"
import { PURPOSES } from "../../src/types"
import { SHOPPER_PASSWORD, seedStore, type SeededConsent } from "../seed"
import { drawPicture, simulate, truthOf, type Simulation } from "../simulator"
import type { FilledStore, Order } from "./prepare"
import { began, progress } from "./report"

/** The seed of the store that everybody sees; benches use others. */
const SEED = 1
const BATCH = 2000

const title = (step: string) => step.charAt(0).toUpperCase() + step.slice(1)

export async function fillFromSample(
  container: MedusaContainer,
  { storefront, home }: Order,
): Promise<FilledStore> {
  began("Drawing up a year and a half of shopping")
  const simulation = simulate({ seed: SEED, now: Date.now() })
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const seeded = await seedStore(container, {
    simulation,
    pictureBaseUrl: `${storefront}/pictures`,
    onProgress: ({ step, done, total }) => progress(title(step), done, total),
    recordConsents: (consents) => recordConsents(signals, consents),
    recordEvents: async (events) => {
      await signals.record(events)
    },
  })
  writeBeside(simulation, home)
  return {
    publishable_key: seeded.base.publishableKey,
    admin: seeded.base.admin,
    region_id: seeded.base.regions.get("de")!.id,
    shoppers: { emails: seeded.shoppers, password: SHOPPER_PASSWORD },
  }
}

async function recordConsents(signals: SignalsModuleService, consents: SeededConsent[]): Promise<void> {
  const answers = consents.flatMap(({ purposes, ...answer }) =>
    PURPOSES.map((purpose) => ({ ...answer, purpose, granted: purposes[purpose] })),
  )
  for (let from = 0; from < answers.length; from += BATCH) {
    progress("Consents", from, answers.length)
    await signals.createConsents(answers.slice(from, from + BATCH))
  }
  // Each of these browsers has been signed in on by its one shopper; who refused analytics is not known by it.
  const visitors = consents.flatMap(({ visitor_id, customer_id, purposes, decided_at }) =>
    customer_id !== null && purposes.analytics
      ? [{ id: visitor_id, customer_id, stitched_at: decided_at }]
      : [],
  )
  for (let from = 0; from < visitors.length; from += BATCH) {
    await signals.createVisitors(visitors.slice(from, from + BATCH))
  }
}

/** The pictures that the storefront serves, and the truth that later work is checked against. */
function writeBeside(simulation: Simulation, home: string): void {
  const pictures = path.join(home, "pictures")
  mkdirSync(pictures, { recursive: true })
  for (const product of simulation.catalogue.products) {
    writeFileSync(path.join(pictures, `${product.handle}.svg`), drawPicture(product))
  }
  writeFileSync(path.join(home, "truth.json"), JSON.stringify(truthOf(simulation)))
}
