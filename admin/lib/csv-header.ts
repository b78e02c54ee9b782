const HEAD_BYTES = 64 * 1024
const SEPARATORS = [",", ";", "\t", "|"]

/** The column names in the first line of a CSV file, gzipped or not, read without loading the file. */
export async function readHeader(file: File): Promise<string[]> {
  const text = new TextDecoder().decode(await head(file)).replace(/^\uFEFF/, "")
  const separator = mostFrequent(firstLine(text))
  return splitLine(firstLine(text), separator)
    .map((name) => name.trim())
    .filter((name) => name !== "")
}

async function head(file: File): Promise<Uint8Array> {
  const gzipped = isGzip(new Uint8Array(await file.slice(0, 2).arrayBuffer()))
  const stream: ReadableStream<Uint8Array> = gzipped
    ? file.stream().pipeThrough(new DecompressionStream("gzip"))
    : file.stream()
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  while (length < HEAD_BYTES) {
    const { done, value } = await reader.read()
    if (done) {
      break
    }
    chunks.push(value)
    length += value.length
  }
  await reader.cancel()
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer())
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Up to the first line break that is not inside quotes. */
function firstLine(text: string): string {
  let quoted = false
  for (let position = 0; position < text.length; position++) {
    const character = text[position]
    if (character === '"') {
      quoted = !quoted
    } else if (!quoted && (character === "\n" || character === "\r")) {
      return text.slice(0, position)
    }
  }
  return text
}

function mostFrequent(line: string): string {
  const count = (separator: string) => splitLine(line, separator).length
  return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best))
}

function splitLine(line: string, separator: string): string[] {
  const cells: string[] = []
  let cell = ""
  let quoted = false
  for (const character of line) {
    if (character === '"') {
      quoted = !quoted
    } else if (character === separator && !quoted) {
      cells.push(cell)
      cell = ""
    } else {
      cell += character
    }
  }
  return [...cells, cell]
}
