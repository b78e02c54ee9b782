/**
 * Run by `medusa exec`: a capability that proposes the same alerts as every other process that runs this, ten at a time, and delivers what it
 * can meanwhile. Arguments: how many, and the beginning of their keys.
 */
import { setTimeout as sleep } from "node:timers/promises"
import type { ExecArgs } from "@medusajs/framework/types"
import { decide } from "../../src/workflows/decisions/decide"
import { deliverDue } from "../../src/workflows/decisions/deliver"
import { proposal } from "./proposals"

const AT_ONCE = 10

export default async function decideMany({ container, args }: ExecArgs): Promise<void> {
  const many = Number(args[0])
  const delivering: Promise<void>[] = []
  for (let from = 0; from < many; from += AT_ONCE) {
    const keys = Array.from({ length: AT_ONCE }, (_, i) => `${args[1]}:${from + i}`)
    await Promise.all(
      keys.map((key) => decide(container, [proposal(key, { type: "admin_alert", channel: "admin" })])),
    )
    delivering.push(deliverDue(container))
    await sleep(30)
  }
  await Promise.all(delivering)
  await deliverDue(container)
}
