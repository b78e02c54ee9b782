import { mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"
import type { ExecArgs } from "@medusajs/framework/types"
import { simulate, truthOf } from "../simulator"
import { seedStore, type Progress } from "./index"

/** `npx medusa exec ./demo/seed/run.ts [seed]`: the sample store without its browsing log, with the time each step took. */
export default async function run({ container, args }: ExecArgs): Promise<void> {
  const simulation = simulate({ seed: Number(args[0] ?? 1), now: Date.now() })
  const started = new Map<string, number>()
  const onProgress = ({ step, done, total }: Progress) => {
    if (!started.has(step)) started.set(step, Date.now())
    if (done === total)
      console.log(`${step}: ${total} in ${((Date.now() - started.get(step)!) / 1000).toFixed(1)} s`)
  }
  const begin = Date.now()
  const store = await seedStore(container, {
    simulation,
    pictureBaseUrl: "http://localhost:8000/pictures",
    onProgress,
  })
  console.log(
    `seeded in ${((Date.now() - begin) / 1000).toFixed(1)} s; publishable key ${store.base.publishableKey}`,
  )
  const folder = path.resolve(".medusa-demo")
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, "truth.json"), JSON.stringify(truthOf(simulation)))
}
