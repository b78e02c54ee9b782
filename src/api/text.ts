import { z } from "@medusajs/framework/zod"

/**
 * Free text of staff, without the blanks around it. It must be storable: Postgres refuses the character NUL, and half of a surrogate pair is
 * no character at all.
 */
export const text = (longest: number, shortest = 0) =>
  z
    .string()
    .trim()
    .min(shortest)
    .max(longest)
    .refine(
      (value) => !value.includes("\u0000") && isWellFormed(value),
      "contains characters that cannot be stored",
    )

/** ES2024's String.prototype.isWellFormed, which Node 20 has and the compiler's library does not. */
function isWellFormed(value: string): boolean {
  return (value as string & { isWellFormed(): boolean }).isWellFormed()
}
