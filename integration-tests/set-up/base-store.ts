/** Run by `medusa exec`: makes the fixture store and writes it down for the spec that asked. */
import { writeFileSync } from "node:fs"
import type { ExecArgs } from "@medusajs/framework/types"
import { showToEverybody } from "./holdouts"
import { createStore } from "./store"

export default async function baseStore({ container, args }: ExecArgs): Promise<void> {
  await showToEverybody(container)
  writeFileSync(args[0], JSON.stringify(await createStore(container)))
}
