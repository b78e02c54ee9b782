/**
 * What is due when, smallest time first and then smallest key: a binary heap (Williams 1964) over two columns. Time O(log n) a push
 * or pop. Entries that no longer hold are not taken out: whoever pops one compares it with what stands now.
 */
export class DueHeap {
  private readonly times: number[] = []
  private readonly keys: string[] = []

  get size(): number {
    return this.times.length
  }

  /** Infinity when there is nothing. */
  get firstTime(): number {
    return this.times.length === 0 ? Infinity : this.times[0]
  }

  get firstKey(): string {
    return this.keys[0]
  }

  push(time: number, key: string): void {
    const { times, keys } = this
    let place = times.length
    times.push(time)
    keys.push(key)
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (times[parent] < time || (times[parent] === time && keys[parent] <= key)) break
      times[place] = times[parent]
      keys[place] = keys[parent]
      place = parent
    }
    times[place] = time
    keys[place] = key
  }

  pop(): void {
    const { times, keys } = this
    const time = times.pop()
    const key = keys.pop()
    const size = times.length
    if (time === undefined || key === undefined || size === 0) return
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= size) break
      const right = child + 1
      if (
        right < size &&
        (times[right] < times[child] || (times[right] === times[child] && keys[right] < keys[child]))
      ) {
        child = right
      }
      if (time < times[child] || (time === times[child] && key <= keys[child])) break
      times[place] = times[child]
      keys[place] = keys[child]
      place = child
    }
    times[place] = time
    keys[place] = key
  }
}
