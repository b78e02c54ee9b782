import { OrderFileError } from "./errors"

export type Delimiter = "," | ";" | "\t" | "|"
export type Encoding = "utf-8" | "windows-1252" | "utf-16le"

export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b

/** Refuses what is plainly no CSV by its first bytes, with the way out. */
export function refuseBinary(head: Uint8Array): void {
  if (head.length === 0) {
    throw new OrderFileError("empty_file", "The file is empty.")
  }
  if (head[0] === 0x50 && head[1] === 0x4b) {
    throw new OrderFileError(
      "not_a_text_file",
      "This is a spreadsheet or a zip archive. Save the table as CSV (it may be gzipped) and give that.",
    )
  }
  const utf16 = head[0] === 0xff && head[1] === 0xfe
  if (!utf16 && head.subarray(0, 4096).includes(0)) {
    throw new OrderFileError("not_a_text_file", "This is not a text file. Give a CSV file, plain or gzipped.")
  }
}

/** Gathers over the whole file in which encoding it is, one chunk at a time. */
export class EncodingEvidence {
  private decoder = new TextDecoder("utf-8")
  private started = false
  private utf16 = false
  private valid = 0
  private invalid = 0

  see(chunk: Uint8Array): void {
    if (!this.started) {
      this.started = true
      this.utf16 = chunk[0] === 0xff && chunk[1] === 0xfe
    }
    if (this.utf16) {
      return
    }
    const text = this.decoder.decode(chunk, { stream: true })
    if (text.length === chunk.length && isPlain(text)) {
      return
    }
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === 0xfffd) {
        this.invalid++
      } else if (code > 127) {
        this.valid++
      }
    }
  }

  /** Some broken characters in a UTF-8 file are tolerated; a file of mostly broken ones is an old Windows export. */
  get encoding(): Encoding {
    return this.utf16 ? "utf-16le" : this.invalid > this.valid ? "windows-1252" : "utf-8"
  }
}

const isPlain = (text: string): boolean => !/[^\u0020-\u007e\s]/.test(text)

/** The delimiter that gives the header the most columns; outside quotes only. */
export function detectDelimiter(header: string): Delimiter {
  const counts: Record<Delimiter, number> = { ",": 0, ";": 0, "\t": 0, "|": 0 }
  let quoted = false
  for (const char of header) {
    if (char === '"') {
      quoted = !quoted
    } else if (!quoted && char in counts) {
      counts[char as Delimiter]++
    } else if (!quoted && (char === "\n" || char === "\r")) {
      break
    }
  }
  const all: Delimiter[] = [",", ";", "\t", "|"]
  return all.reduce((best, candidate) => (counts[candidate] > counts[best] ? candidate : best))
}
