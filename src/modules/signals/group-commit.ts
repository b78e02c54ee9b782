interface Waiting<T> {
  items: T[]
  resolve(): void
  reject(error: unknown): void
}

/**
 * Lets requests that arrive while a commit is under way share the next one. Nobody waits for a timer:
 * an idle writer commits at once, a busy one commits as much as has gathered.
 * `write` must be idempotent: when a shared commit fails, each request's items are written again alone,
 * so that one request's fault never fails another's.
 */
export class GroupCommit<T> {
  #waiting: Waiting<T>[] = []
  #writing = 0
  #idle: (() => void)[] = []

  constructor(
    private readonly write: (items: T[]) => Promise<unknown>,
    private readonly options = { concurrency: 2, largest: 2_000 },
  ) {}

  /** Resolves when all `items` are committed. */
  add(items: T[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject })
      if (this.#writing < this.options.concurrency) this.#next()
    })
  }

  /** Resolves when nothing is waiting or being written. */
  drained(): Promise<void> {
    if (this.#writing === 0 && this.#waiting.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  #next(): void {
    const group: Waiting<T>[] = []
    let size = 0
    while (
      this.#waiting.length > 0 &&
      (size === 0 || size + this.#waiting[0].items.length <= this.options.largest)
    ) {
      const one = this.#waiting.shift()!
      size += one.items.length
      group.push(one)
    }
    if (group.length === 0) return
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
