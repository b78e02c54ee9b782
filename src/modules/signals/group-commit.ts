interface Waiting<T> {
  items: T[]
  resolve(): void
  reject(error: unknown): void
}

/** Long enough for a busy moment's requests to share a commit, too short for anybody to notice. */
const WINDOW_MS = 4

/**
 * Lets requests that arrive within a few milliseconds share one commit: a commit costs the database as much as
 * dozens of rows. `write` must be idempotent: when a shared commit fails, each request's items are written again
 * alone, so that one request's fault never fails another's.
 */
export class GroupCommit<T> {
  #waiting: Waiting<T>[] = []
  #size = 0
  #timer: NodeJS.Timeout | undefined
  #writing = 0
  #idle: (() => void)[] = []

  constructor(
    private readonly write: (items: T[]) => Promise<unknown>,
    private readonly options = { concurrency: 2, largest: 1_000 },
  ) {}

  /** Resolves when all `items` are committed. */
  add(items: T[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject })
      this.#size += items.length
      if (this.#size >= this.options.largest) this.#next()
      else this.#timer ??= setTimeout(() => this.#next(), WINDOW_MS)
    })
  }

  /** Resolves when nothing is waiting or being written. */
  drained(): Promise<void> {
    if (this.#writing === 0 && this.#waiting.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  #next(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    // The writer that ends first takes what has gathered meanwhile.
    if (this.#writing >= this.options.concurrency || this.#waiting.length === 0) return
    const group = this.#waiting
    this.#waiting = []
    this.#size = 0
    this.#writing++
    void this.#commit(group).finally(() => {
      this.#writing--
      if (this.#waiting.length > 0) this.#next()
      else if (this.#writing === 0) for (const idle of this.#idle.splice(0)) idle()
    })
  }

  async #commit(group: Waiting<T>[]): Promise<void> {
    try {
      await this.write(group.length === 1 ? group[0].items : group.flatMap((one) => one.items))
      for (const one of group) one.resolve()
    } catch (error) {
      if (group.length === 1) return group[0].reject(error)
      for (const one of group) {
        await this.write(one.items).then(one.resolve, one.reject)
      }
    }
  }
}
