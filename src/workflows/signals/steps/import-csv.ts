import { parse, type CsvError } from "csv-parse"
import { parse as parseLine } from "csv-parse/sync"
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { open } from "node:fs/promises"
import { pipeline } from "node:stream/promises"
import { createGunzip } from "node:zlib"
import {
  detectDelimiter,
  type Delimiter,
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

/** Longer than any order line: where a record has no end by then, its quote was never closed. */
const MAX_RECORD = 32_768
/** Each costs the parsing of some thousand bytes once more; so many are no accident. */
const MAX_OPEN_QUOTES = 1000
/** After so many lines with quotes that mean nothing (`12" pipe`), the file's writer is known not to quote. */
const STRAY_QUOTES = 100
const PIECE = 128 * 1024
/** Faults of one record: the rest of the file can still be read. */
const RECORD_FAULTS = new Set([
  "CSV_MAX_RECORD_SIZE",
  "CSV_QUOTE_NOT_CLOSED",
  "CSV_INVALID_CLOSING_QUOTE",
  "INVALID_OPENING_QUOTE",
])

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
  const parseAll = async (pieces: AsyncIterable<Buffer>) => {
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
  let fault: unknown = null
  const consume = (pieces: AsyncIterable<Buffer>) =>
    parseAll(pieces).catch((error: unknown) => {
      fault = error
      throw error
    })
  try {
    await (isGzip(head)
      ? pipeline(file, createGunzip({ chunkSize: PIECE }), consume)
      : pipeline(file, consume))
  } catch (error) {
    const { code } = (fault ?? error) as { code?: string }
    if (code === "Z_BUF_ERROR" || code === "Z_DATA_ERROR") {
      throw new OrderFileError("damaged_file", "The gzip file is damaged or not complete. Give it again.")
    }
    // Stopping the streams before it is itself reported as an error, sometimes first.
    throw fault ?? error
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

/**
 * csv-parse with a way back from quotes that are wrong: the line is read by itself with its quotes taken as they
 * stand, or named as bad, and reading goes on with the next. (The parser's own skipping of faulty records drops
 * what follows in the same piece without a word; its relaxed quotes make one row of many lines.)
 */
class RowParser {
  private parser: ReturnType<typeof parse> | null = null
  private delimiter: Delimiter = ","
  private width = 0
  /** Last line of the file that was accounted for. */
  private line = 0
  /** Lines before the first one that the present parser was given. */
  private lineBase = 0
  /** Bytes the present parser was given since its last whole row, and where in its input that row ended. */
  private tail: Buffer = Buffer.alloc(0)
  private tailStart = 0
  private rowEnd = 0
  private openQuotes = 0
  private strayQuotes = 0
  private failure: Error | null = null

  constructor(private readonly handler: CsvHandler) {}

  get started(): boolean {
    return this.parser !== null
  }

  async write(piece: Buffer): Promise<void> {
    if (this.parser === null) {
      this.delimiter = detectDelimiter(
        piece
          .subarray(0, 65_536)
          .toString("utf-8")
          .replace(/^\ufeff/, ""),
      )
      this.parser = this.create()
    }
    this.tail = this.tail.length === 0 ? piece : Buffer.concat([this.tail, piece])
    let rest = piece
    while (!(await this.feed(rest))) {
      rest = this.passFaultyLine()
    }
    this.tail = this.tail.subarray(this.rowEnd - this.tailStart)
    this.tailStart = this.rowEnd
  }

  async end(): Promise<void> {
    while (this.parser !== null && !(await this.finish(this.parser))) {
      const rest = this.passFaultyLine()
      await this.feed(rest)
    }
    if (this.width === 0) {
      throw new OrderFileError("empty_file", "The file has no header row.")
    }
  }

  /** False when the piece holds a record without end. */
  private feed(piece: Buffer): Promise<boolean> {
    const parser = this.parser!
    return this.settled((done) => parser.write(piece, done))
  }

  private finish(parser: ReturnType<typeof parse>): Promise<boolean> {
    return this.settled((done) => {
      parser.once("error", done)
      parser.once("end", () => done(null))
      parser.end()
      parser.resume()
    })
  }

  private async settled(start: (done: (error?: Error | null) => void) => void): Promise<boolean> {
    const error = await new Promise<Error | null>((resolve) => start((fault) => resolve(fault ?? null)))
    if (this.failure !== null) {
      throw this.failure
    }
    if (error !== null && !RECORD_FAULTS.has((error as CsvError).code)) {
      throw error
    }
    return error === null
  }

  /** Takes the line with the wrong quote out, and gives what comes after it to a new parser. */
  private passFaultyLine(): Buffer {
    const rest = this.tail.subarray(this.rowEnd - this.tailStart)
    let start = 0
    // The row before ends behind its line break: what breaks are left are empty lines.
    while (isBreak(rest[start])) {
      start += breakLength(rest, start)
      this.line++
    }
    let end = start
    while (end < rest.length && !isBreak(rest[end])) {
      end++
    }
    this.readAlone(rest.subarray(start, end))
    this.lineBase = this.line
    this.tail = rest.subarray(Math.min(rest.length, end + breakLength(rest, end)))
    this.tailStart = 0
    this.rowEnd = 0
    this.parser = this.create()
    return this.tail
  }

  private readAlone(bytes: Buffer): void {
    let rows: string[][] = []
    try {
      rows = parseLine(bytes, {
        bom: true,
        delimiter: this.delimiter,
        relax_quotes: true,
        relax_column_count: true,
      })
    } catch {
      // A quote that is opened and not closed on this line: said below.
    }
    if (rows.length === 1) {
      this.strayQuotes++
      this.accept(rows[0], this.line + 1)
      return
    }
    if (++this.openQuotes > MAX_OPEN_QUOTES) {
      throw new OrderFileError(
        "damaged_file",
        `More than ${MAX_OPEN_QUOTES} quotes are opened and not closed. Is this a CSV file with quoted fields?`,
      )
    }
    this.handler.bad(++this.line, "a quote is not closed")
  }

  private create(): ReturnType<typeof parse> {
    const parser = parse({
      bom: true,
      delimiter: this.delimiter,
      max_record_size: MAX_RECORD,
      relax_column_count: true,
      relax_quotes: this.strayQuotes > STRAY_QUOTES,
      skip_empty_lines: true,
      on_record: (fields: string[], { lines, bytes }) => {
        try {
          this.rowEnd = bytes
          this.accept(fields, this.lineBase + lines)
        } catch (error) {
          // Thrown inside the parser it would count as a fault of the row.
          this.failure ??= error as Error
        }
        return null
      },
    })
    // Each fault also reaches the call that met it; without a listener it would end the process.
    parser.on("error", () => undefined)
    return parser
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
    const misfit = fields.length !== this.width && !endsEmpty(fields, this.width)
    if (misfit || (this.strayQuotes > STRAY_QUOTES && newlines(fields) > 0)) {
      const detail = misfit
        ? `${fields.length} columns, the header has ${this.width}`
        : "a quote that is not closed joins lines"
      for (let bad = Math.max(this.line + 1, line - newlines(fields)); bad <= line; bad++) {
        this.handler.bad(bad, detail)
      }
      this.line = line
      return
    }
    this.line = line
    this.handler.row(fields, line)
  }
}

const CR = 13
const LF = 10
const breakLength = (bytes: Buffer, at: number): number => (bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1)
const isBreak = (byte: number | undefined): boolean => byte === CR || byte === LF

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
