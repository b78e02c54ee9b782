import { parse, type CsvError } from "csv-parse"
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { open } from "node:fs/promises"
import { pipeline } from "node:stream/promises"
import { createGunzip } from "node:zlib"
import {
  detectDelimiter,
  EncodingEvidence,
  isGzip,
  OrderFileError,
  refuseBinary,
  type Encoding,
} from "../../../core/signals/order-history"

/** What a reader of the file is told; all calls come in the file's order. */
export interface CsvHandler {
  header(names: string[]): void
  row(fields: string[], line: number): void
  /** A line that is no row of the table: a quote never closed, too many or too few columns. */
  bad(line: number, detail: string): void
  /** After each piece of the file; the next is read when this resolves. Throw to stop. */
  pause?(bytesRead: number): Promise<void>
}

export interface CsvFacts {
  /** SHA-256 of the file as it lies on disk, hex. */
  hash: string
  encoding: Encoding
}

/** Longer than any order line; a quote that is never closed swallows no more than this. */
const MAX_RECORD = 32_768
const PIECE = 256 * 1024

/**
 * Streams a CSV file (plain or gzipped) row by row in constant memory. Rows are handed over while a piece is
 * parsed, so nothing is queued, and the event loop is free between pieces.
 */
export async function readCsv(path: string, encoding: Encoding, handler: CsvHandler): Promise<CsvFacts> {
  const head = await firstBytes(path)
  if (!isGzip(head)) {
    refuseBinary(head)
  }
  const hash = createHash("sha256")
  const evidence = new EncodingEvidence()
  let bytesRead = 0
  const file = createReadStream(path, { highWaterMark: PIECE })
  file.on("data", (piece) => {
    hash.update(piece)
    bytesRead += piece.length
  })
  const rows = new RowParser(handler)
  const consume = async (pieces: AsyncIterable<Buffer>) => {
    let decoder: InstanceType<typeof TextDecoder> | null =
      encoding === "utf-8" ? null : new TextDecoder(encoding)
    for await (const piece of pieces) {
      if (!rows.started) {
        refuseBinary(piece)
        // The byte order mark is certain where other evidence has to wait for the whole file.
        if (piece[0] === 0xff && piece[1] === 0xfe) {
          decoder = new TextDecoder("utf-16le")
        }
      }
      evidence.see(piece)
      await rows.write(decoder === null ? piece : Buffer.from(decoder.decode(piece, { stream: true })))
      await handler.pause?.(bytesRead)
    }
    await rows.end()
    await handler.pause?.(bytesRead)
  }
  try {
    await (isGzip(head)
      ? pipeline(file, createGunzip({ chunkSize: PIECE }), consume)
      : pipeline(file, consume))
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === "Z_BUF_ERROR" || code === "Z_DATA_ERROR") {
      throw new OrderFileError("damaged_file", "The gzip file is damaged or not complete. Give it again.")
    }
    throw error
  }
  return { hash: hash.digest("hex"), encoding: evidence.encoding }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, "r")
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

class RowParser {
  private parser: ReturnType<typeof parse> | null = null
  private width = 0
  /** Last line of the file that was accounted for. */
  private line = 0
  private failure: unknown = null

  constructor(private readonly handler: CsvHandler) {}

  get started(): boolean {
    return this.parser !== null
  }

  async write(piece: Buffer): Promise<void> {
    this.parser ??= this.create(piece)
    const parser = this.parser
    await new Promise<void>((resolve, reject) => {
      parser.write(piece, (error) => (error ? reject(error) : resolve()))
    })
    this.check()
  }

  async end(): Promise<void> {
    const parser = this.parser
    if (parser !== null) {
      await new Promise<void>((resolve, reject) => {
        parser.once("error", reject)
        parser.end(() => resolve())
        parser.resume()
      })
      this.check()
    }
    if (this.width === 0) {
      throw new OrderFileError("empty_file", "The file has no header row.")
    }
  }

  private check(): void {
    if (this.failure !== null) {
      throw this.failure
    }
  }

  private create(first: Buffer): ReturnType<typeof parse> {
    return parse({
      bom: true,
      delimiter: detectDelimiter(
        first
          .subarray(0, 65_536)
          .toString("utf-8")
          .replace(/^\ufeff/, ""),
      ),
      max_record_size: MAX_RECORD,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_record: (fields: string[], { lines }) => {
        try {
          this.accept(fields, lines)
        } catch (error) {
          // Thrown inside the parser it would count as a fault of the row.
          this.failure ??= error
        }
        return null
      },
      on_skip: (error: CsvError | undefined) => {
        const to = (error as { lines?: number } | undefined)?.lines ?? this.line + 1
        this.spoil(
          to,
          error?.code === "CSV_QUOTE_NOT_CLOSED" ? "a quote is not closed" : (error?.code ?? "damaged"),
        )
        return undefined
      },
    })
  }

  private accept(fields: string[], line: number): void {
    if (this.failure !== null) {
      return
    }
    if (this.width === 0) {
      this.width = fields.length
      this.line = line
      this.handler.header(fields)
      return
    }
    if (fields.length !== this.width && !endsEmpty(fields, this.width)) {
      this.line = Math.max(this.line, line - 1 - newlines(fields))
      this.spoil(line, `${fields.length} columns, the header has ${this.width}`)
      return
    }
    this.line = line
    this.handler.row(fields, line)
  }

  private spoil(to: number, detail: string): void {
    while (this.line < to) {
      this.handler.bad(++this.line, detail)
    }
  }
}

/** Spreadsheets write empty cells after the last column, or leave them out. */
function endsEmpty(fields: string[], width: number): boolean {
  for (let i = width; i < fields.length; i++) {
    if (fields[i].trim() !== "") {
      return false
    }
  }
  return fields.length > width
}

function newlines(fields: string[]): number {
  let count = 0
  for (const field of fields) {
    count += field.split("\n").length - 1
  }
  return count
}
