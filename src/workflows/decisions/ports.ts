import type { MedusaContainer } from "@medusajs/framework/types"
import type { Money } from "../../core/decisions"
import type { DeliveredDecision } from "../../modules/decisions/deliveries"
import { adminAlert } from "./admin-alert"

export type { DeliveredDecision }

/** How one type of action is done. Called again for the same decision after an interruption: the second time must change nothing. */
export interface DeliveryPort {
  /** Longer than this no answer is waited for, and the attempt has failed; 60,000 unless said. */
  timeout_ms?: number
  /** What it really cost, where that differs from what was expected. @throws PermanentFailure what another attempt would not cure */
  deliver(container: MedusaContainer, decision: DeliveredDecision): Promise<{ settled_cost?: Money }>
  /** Whether it still makes sense now; not asked: it does. */
  stillWanted?(container: MedusaContainer, decision: DeliveredDecision): Promise<boolean>
}

/** Another attempt would fail as well. */
export class PermanentFailure extends Error {
  override readonly name = "PermanentFailure"
}

/** What was promised and lives on when a kill switch is pulled: offers in carts, prices in price lists. */
export interface PromisesPort {
  count(container: MedusaContainer): Promise<{ count: number; amounts: Money[] }>
  withdraw(container: MedusaContainer, actor_id: string): Promise<{ withdrawn: number; amounts: Money[] }>
}

export type PromiseKind = "offers" | "prices"

const deliveryPorts = new Map<string, DeliveryPort>([["admin_alert", adminAlert]])
const promisesPorts = new Map<PromiseKind, PromisesPort>()

/** Says how an action type is done. The last one said holds, so that a store can exchange ours. */
export function registerDelivery(type: string, port: DeliveryPort): void {
  deliveryPorts.set(type, port)
}

export function deliveryPort(type: string): DeliveryPort | null {
  return deliveryPorts.get(type) ?? null
}

export function registerPromises(kind: PromiseKind, port: PromisesPort): void {
  promisesPorts.set(kind, port)
}

/** null: no capability of this kind is installed. */
export function promisesPort(kind: PromiseKind): PromisesPort | null {
  return promisesPorts.get(kind) ?? null
}
