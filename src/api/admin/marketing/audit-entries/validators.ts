import { z } from "@medusajs/framework/zod"
import { page } from "../../page"
import { momentOrDay, someId } from "../decisions/fields"

export const getAuditEntries = page.extend({
  action: someId.optional(),
  target: someId.optional(),
  actor_id: someId.optional(),
  from: momentOrDay.optional(),
  to: momentOrDay.optional(),
})
export type GetAuditEntries = z.infer<typeof getAuditEntries>
