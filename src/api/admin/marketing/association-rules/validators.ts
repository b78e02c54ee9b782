import { z } from "@medusajs/framework/zod"
import { RULE_ORDERS } from "../../../../workflows/recommendations/association-rules"
import { page } from "../../page"

const q = z.string().max(100).optional()
const order = z.enum([...RULE_ORDERS, ...RULE_ORDERS.map((name) => `-${name}` as const)]).optional()

export const getAssociationRules = page.extend({ q, order })
export type GetAssociationRules = z.infer<typeof getAssociationRules>

export const exportAssociationRules = z.strictObject({ q, order })
export type ExportAssociationRules = z.infer<typeof exportAssociationRules>
