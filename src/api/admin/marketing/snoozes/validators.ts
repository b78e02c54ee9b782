import { z } from "@medusajs/framework/zod"
import { page } from "../../page"
import { moment, someId, subject } from "../decisions/fields"

export const getSnoozes = page.extend({ automation_id: someId.optional(), subject_id: someId.optional() })
export type GetSnoozes = z.infer<typeof getSnoozes>

export const createSnooze = z.strictObject({ automation_id: someId, subject, until: moment })
export type CreateSnooze = z.infer<typeof createSnooze>
