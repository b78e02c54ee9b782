import { createHash } from "node:crypto"

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** An id of Medusa's form that the same words always give: what was made once is found again by its key. */
export function stableId(prefix: string, ...words: string[]): string {
  const digest = createHash("sha256")
    .update(["import", ...words].join("\u0000"))
    .digest()
  let id = ""
  for (let i = 0; i < 26; i++) {
    id += ALPHABET[digest[i] & 31]
  }
  return `${prefix}_${id}`
}
