/**
 * Columns that grow by fixed chunks and end as one typed array over shared memory. Chunks keep the cost
 * of an append flat: no doubling copies, so no pause on the thread that serves the shop. Peak memory
 * is twice the column, at `finish`. One class a number type: a shared one would make `push` megamorphic.
 */
const CHUNK = 65_536

export class Int32Column {
  private readonly chunks: Int32Array[] = []
  private used = CHUNK
  private last = new Int32Array(0)

  get length(): number {
    return this.chunks.length === 0 ? 0 : (this.chunks.length - 1) * CHUNK + this.used
  }

  push(value: number): void {
    if (this.used === CHUNK) {
      this.last = new Int32Array(CHUNK)
      this.chunks.push(this.last)
      this.used = 0
    }
    this.last[this.used++] = value
  }

  pushAll(values: Int32Array): void {
    for (let from = 0; from < values.length;) {
      if (this.used === CHUNK) {
        this.last = new Int32Array(CHUNK)
        this.chunks.push(this.last)
        this.used = 0
      }
      const count = Math.min(CHUNK - this.used, values.length - from)
      this.last.set(values.subarray(from, from + count), this.used)
      this.used += count
      from += count
    }
  }

  finish(): Int32Array {
    const out = new Int32Array(new SharedArrayBuffer(this.length * 4))
    for (let i = 0; i < this.chunks.length; i++) {
      const chunk = this.chunks[i]
      out.set(i === this.chunks.length - 1 ? chunk.subarray(0, this.used) : chunk, i * CHUNK)
    }
    return out
  }
}

export class Float64Column {
  private readonly chunks: Float64Array[] = []
  private used = CHUNK
  private last = new Float64Array(0)

  get length(): number {
    return this.chunks.length === 0 ? 0 : (this.chunks.length - 1) * CHUNK + this.used
  }

  push(value: number): void {
    if (this.used === CHUNK) {
      this.last = new Float64Array(CHUNK)
      this.chunks.push(this.last)
      this.used = 0
    }
    this.last[this.used++] = value
  }

  finish(): Float64Array {
    const out = new Float64Array(new SharedArrayBuffer(this.length * 8))
    for (let i = 0; i < this.chunks.length; i++) {
      const chunk = this.chunks[i]
      out.set(i === this.chunks.length - 1 ? chunk.subarray(0, this.used) : chunk, i * CHUNK)
    }
    return out
  }
}

export class Uint8Column {
  private readonly chunks: Uint8Array[] = []
  private used = CHUNK
  private last = new Uint8Array(0)

  get length(): number {
    return this.chunks.length === 0 ? 0 : (this.chunks.length - 1) * CHUNK + this.used
  }

  push(value: number): void {
    if (this.used === CHUNK) {
      this.last = new Uint8Array(CHUNK)
      this.chunks.push(this.last)
      this.used = 0
    }
    this.last[this.used++] = value
  }

  pushAll(values: Uint8Array): void {
    for (let from = 0; from < values.length;) {
      if (this.used === CHUNK) {
        this.last = new Uint8Array(CHUNK)
        this.chunks.push(this.last)
        this.used = 0
      }
      const count = Math.min(CHUNK - this.used, values.length - from)
      this.last.set(values.subarray(from, from + count), this.used)
      this.used += count
      from += count
    }
  }

  finish(): Uint8Array {
    const out = new Uint8Array(new SharedArrayBuffer(this.length))
    for (let i = 0; i < this.chunks.length; i++) {
      const chunk = this.chunks[i]
      out.set(i === this.chunks.length - 1 ? chunk.subarray(0, this.used) : chunk, i * CHUNK)
    }
    return out
  }
}
