/**
 * Counts how often each (order, SKU) has been seen, in about 10 bytes a pair instead of a string of it: an
 * open-addressing table of 64-bit hashes. Two pairs of one hash share a counter; that is harmless, since the count
 * only tells apart equal pairs, stays the same for the same file, and the pair itself is part of the event's id.
 */
export class Occurrences {
  private low = new Int32Array(1 << 12)
  private high = new Int32Array(1 << 12)
  private counts = new Uint16Array(1 << 12)
  private size = 0

  /** 0 for the first time, 1 for the second, … */
  next(order: string, sku: string): number {
    if (this.size * 2 > this.counts.length) {
      this.grow()
    }
    let low = 0x811c9dc5 | 0
    let high = 0x1b873593 | 0
    for (let i = 0; i < order.length; i++) {
      low = Math.imul(low ^ order.charCodeAt(i), 0x01000193)
      high = Math.imul(high ^ order.charCodeAt(i), 0x5bd1e995)
    }
    low = Math.imul(low ^ 0x10000, 0x01000193)
    high = Math.imul(high ^ 0x10000, 0x5bd1e995)
    for (let i = 0; i < sku.length; i++) {
      low = Math.imul(low ^ sku.charCodeAt(i), 0x01000193)
      high = Math.imul(high ^ sku.charCodeAt(i), 0x5bd1e995)
    }
    const slot = this.find(low ^ (high >>> 15), high)
    if (this.counts[slot] === 0) {
      this.size++
    }
    // 65,535 equal lines in one order is no order; the counter stays there rather than begin anew.
    return this.counts[slot] < 0xffff ? this.counts[slot]++ : 0xffff
  }

  private find(low: number, high: number): number {
    const mask = this.counts.length - 1
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask
    while (this.counts[slot] !== 0 && (this.low[slot] !== low || this.high[slot] !== high)) {
      slot = (slot + 1) & mask
    }
    this.low[slot] = low
    this.high[slot] = high
    return slot
  }

  private grow(): void {
    const { low, high, counts } = this
    this.low = new Int32Array(low.length * 2)
    this.high = new Int32Array(low.length * 2)
    this.counts = new Uint16Array(low.length * 2)
    for (let i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        this.counts[this.find(low[i], high[i])] = counts[i]
      }
    }
  }
}
