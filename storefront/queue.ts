import type { BrowserEvent } from "../src/types/http"
import { randomId } from "./ids"
import type { Store } from "./storage"

/** An event on its way, with all that its batch must say about it. */
export interface Queued {
  event: BrowserEvent
  visitor: string
  session: string
  /** Server clock minus browser clock, in ms, by which the id was made: `sent_at` must be told by the same clock. */
  offset: number
  /** Which sign-in it belongs to; events of earlier ones never travel with a later customer's token. */
  signIn: string
  /** Its id was made anew after the server found its time impossible. Once is enough. */
  reminted?: boolean
}

interface Kept {
  at: number
  events: Queued[]
}

const MOST = 500
const ABANDONED_AFTER = 60 * 1000

/**
 * Unsent events, oldest first, mirrored to storage so that a reload or a crash sends them later under the
 * same ids. Each page has its own slot; slots that nobody has touched for a minute are taken over. (Should their
 * page still be alive, both send the same ids, and the server keeps one of each.) Bounded: the oldest go first.
 */
export class Queue {
  private events: Queued[] = []
  private readonly slot = `queue.${randomId()}`

  constructor(
    private readonly store: Store,
    private readonly now: () => number,
  ) {}

  get size(): number {
    return this.events.length
  }

  some(test: (event: BrowserEvent) => boolean): boolean {
    return this.events.some(({ event }) => test(event))
  }

  adopt(): void {
    for (const key of this.store.keys()) {
      if (!key.startsWith("queue.") || key === this.slot) continue
      const kept = this.store.get<Kept>(key)
      if (kept && this.now() - kept.at < ABANDONED_AFTER) continue
      this.store.remove(key)
      if (Array.isArray(kept?.events)) this.events.unshift(...kept.events)
    }
    this.save()
  }

  push(queued: Queued): void {
    this.events.push(queued)
    this.save()
  }

  /** The oldest event and those that may share its batch, at most `limit` events and about `bytes` of JSON. */
  batch(limit: number, bytes: number): Queued[] {
    const [first] = this.events
    if (!first) return []
    const taken: Queued[] = []
    let size = 0
    for (const queued of this.events) {
      const alike =
        queued.visitor === first.visitor &&
        queued.session === first.session &&
        queued.offset === first.offset &&
        queued.signIn === first.signIn
      if (!alike) continue
      size += JSON.stringify(queued.event).length
      if (taken.length === limit || (taken.length > 0 && size > bytes)) break
      taken.push(queued)
    }
    return taken
  }

  remove(sent: readonly Queued[]): void {
    const gone = new Set(sent)
    this.events = this.events.filter((queued) => !gone.has(queued))
    this.save()
  }

  /** Hands unsent events of a sign-in to the visitor id the server has given it. */
  rename(visitor: string, signIn: string, to: string): void {
    for (const queued of this.events) {
      if (queued.visitor === visitor && queued.signIn === signIn) queued.visitor = to
    }
    this.save()
  }

  clear(): void {
    this.events = []
    for (const key of this.store.keys()) if (key.startsWith("queue.")) this.store.remove(key)
  }

  private save(): void {
    if (this.events.length > MOST) this.events.splice(0, this.events.length - MOST)
    if (this.events.length === 0) this.store.remove(this.slot)
    else this.store.set(this.slot, { at: this.now(), events: this.events } satisfies Kept)
  }
}
