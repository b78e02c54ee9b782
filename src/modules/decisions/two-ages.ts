/**
 * What was met lately, by key, in bounded memory: a full half becomes the old one, and the old one is let go. Whatever is asked
 * for moves into the young half, so what is used stays. Looking up and adding cost O(1), and no entry is dropped one by one.
 */
export class TwoAges<Value> {
  #young = new Map<string, Value>()
  #old = new Map<string, Value>()

  /** `half`: entries of each half; at most twice as many are held. */
  constructor(private readonly half: number) {}

  get(key: string): Value | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: string, value: Value): void {
    if (this.#young.size >= this.half) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }

  delete(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }
}
