import { MedusaError } from "@medusajs/framework/utils"
import { importOptionsSchema, type ImportOptions } from "../../../../workflows/signals/steps/import-options"

/** The text fields of an upload: JSON where they hold more than a word; an empty field is one left out. */
export function readOptions(body: unknown): ImportOptions {
  const given: Record<string, unknown> = {}
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    if (value !== "") {
      given[name] = fieldValue(name, value)
    }
  }
  const parsed = importOptionsSchema.safeParse(given)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) =>
      issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue.message,
    )
    throw new MedusaError(MedusaError.Types.INVALID_DATA, problems.join("; "))
  }
  return parsed.data
}

function fieldValue(name: string, value: unknown): unknown {
  if (typeof value !== "string") {
    return value
  }
  if (name === "create_customers" || name === "as_orders") {
    return value === "true" ? true : value === "false" ? false : value
  }
  if (name === "mapping" || name === "service_skus") {
    try {
      return JSON.parse(value)
    } catch {
      throw new MedusaError(MedusaError.Types.INVALID_DATA, `${name}: not valid JSON`)
    }
  }
  return value
}
