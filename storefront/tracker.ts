import type { BrowserEvent, BrowserEventBody, EventBatch, EventBatchAnswer } from "../src/types/http"
import type { Choices } from "./choices"
import { type MarketingClient, MarketingError } from "./client"
import type { Identity } from "./identity"
import { eventId, randomId, timeOf } from "./ids"
import { Queue, type Queued } from "./queue"
import type { Store } from "./storage"

export interface TrackerOptions {
  client: MarketingClient
  identity: Identity
  choices: Choices
  store: Store
  country?: () => string | undefined
  /** Milliseconds that an event waits for company. Default 2,000. */
  wait?: number
  now?: () => number
  /** Told of events that the server will never take: a mistake in the page, worth a look. */
  refused?: (events: BrowserEvent[], why: string) => void
}

/** Milliseconds that a view waits: the shelf of the next page follows it. */
const VIEW_WAIT = 150
const BATCH = 100
// A beacon may hold 64 kB, all beacons of a page together; JSON length is at most a third of the bytes.
const BATCH_LENGTH = 16000
const FIRST_RETRY = 1000
const LONGEST_RETRY = 5 * 60 * 1000
/** Smaller errors of the browser's clock are left alone, so that batches are not split for nothing. */
const CLOCK_TOLERANCE = 1000
/** Statuses after which the same batch may well be taken later. All other refusals are final. */
const PASSING = new Set([0, 408, 425, 429])

/**
 * Brings events to `POST /marketing/events`: in batches, at least once, under ids that make a repeat harmless.
 * Without analytics consent `track` does nothing at all.
 */
export class Tracker {
  private readonly queue: Queue
  private readonly now: () => number
  private offset: number
  private token: string | undefined
  private signIn = ""
  private timer: ReturnType<typeof setTimeout> | undefined
  /** When the timer fires. */
  private due = 0
  private failures = 0
  private flushing: Promise<void> | undefined

  constructor(private readonly options: TrackerOptions) {
    this.now = options.now ?? Date.now
    this.queue = new Queue(options.store, this.now)
    this.offset = options.store.get<number>("clock") ?? 0
    if (options.choices.granted("analytics")) this.queue.adopt()
    options.choices.onChange(() => {
      if (options.choices.granted("analytics")) this.queue.adopt()
      else this.queue.clear()
    })
  }

  /** Records what happened at `at` and returns the event's id; undefined when analytics is not agreed to. */
  track(body: BrowserEventBody, at = this.now()): string | undefined {
    const { choices, identity } = this.options
    if (!choices.granted("analytics")) return undefined
    const id = eventId(at + this.offset)
    this.queue.push({
      event: { id, ...body },
      visitor: identity.visitor,
      session: identity.touch(),
      offset: this.offset,
      signIn: this.signIn,
    })
    const wait = this.options.wait ?? 2000
    this.schedule(
      this.queue.size >= BATCH ? 0 : body.type === "product_viewed" ? Math.min(wait, VIEW_WAIT) : wait,
    )
    return id
  }

  get customerToken(): string | undefined {
    return this.token
  }

  /** For a page that finds its customer already signed in: their token, so that events are known to be theirs. */
  authenticate(token: string): void {
    if (token === this.token) return
    this.token = token
    this.signIn = randomId()
  }

  /** The shopper has just signed in. Without a token the store's session cookie says who they are. */
  signedIn(token?: string): void {
    this.token = token
    this.signIn = randomId()
    this.track({ type: "signed_in" })
    void this.flush()
  }

  /** The shopper has signed out: what follows is somebody else until they sign in again. */
  async signedOut(): Promise<void> {
    this.beacon()
    this.token = undefined
    this.signIn = ""
    this.options.identity.become(randomId())
    await this.options.choices.sync()
  }

  /** Events of this type have not reached the server yet, as far as is known. */
  holds(type: BrowserEventBody["type"]): boolean {
    return this.queue.some((event) => event.type === type)
  }

  /** Sends what waits. Resolves when it is sent, or put off after a failure. */
  flush(): Promise<void> {
    this.flushing ??= this.drain().finally(() => (this.flushing = undefined))
    return this.flushing
  }

  /** The page is going: leaves what waits to the browser. Nothing is learned of its fate. */
  beacon(): void {
    const { choices } = this.options
    // An answer the server has not heard yet would make it withhold these events: the next page sends them.
    if (!choices.granted("analytics") || !choices.told) return
    for (;;) {
      const batch = this.queue.batch(BATCH, BATCH_LENGTH)
      if (batch.length === 0 || !this.options.client.beacon(this.wrap(batch))) return
      this.queue.remove(batch)
    }
  }

  private schedule(delay: number): void {
    if (this.timer !== undefined && (this.failures > 0 || this.due <= this.now() + delay)) return
    this.flushIn(delay)
  }

  private flushIn(delay: number): void {
    clearTimeout(this.timer)
    this.due = this.now() + delay
    this.timer = setTimeout(() => {
      this.timer = undefined
      void this.flush()
    }, delay)
  }

  private async drain(): Promise<void> {
    const { choices, client } = this.options
    while (this.queue.size > 0 && choices.granted("analytics")) {
      // An answer the server has not heard yet would make it withhold these events.
      if (!(await choices.sync())) return this.putOff()
      const batch = this.queue.batch(BATCH, BATCH_LENGTH)
      if (batch.length === 0) return
      const [{ visitor, signIn }] = batch
      const token = signIn === this.signIn ? this.token : undefined
      const left = this.now()
      try {
        const answer = await client.events(this.wrap(batch), token)
        this.failures = 0
        this.setClock(answer, left)
        this.settle(batch, answer)
        this.follow(visitor, signIn, answer)
      } catch (error) {
        const status = error instanceof MarketingError ? error.status : 0
        if (PASSING.has(status) || status >= 500) {
          return this.putOff(error instanceof MarketingError ? error.retryAfter : undefined)
        }
        this.queue.remove(batch)
        const events = batch.map((queued) => queued.event)
        this.options.refused?.(events, String(error))
      }
    }
  }

  private wrap(batch: readonly Queued[]): EventBatch {
    const [{ visitor, session, offset }] = batch
    return {
      publishable_key: this.options.client.options.publishableKey,
      visitor_id: visitor,
      session_id: session,
      sent_at: new Date(this.now() + offset).toISOString(),
      country_code: this.options.country?.(),
      events: batch.map((queued) => queued.event),
    }
  }

  private settle(batch: Queued[], answer: EventBatchAnswer): void {
    this.queue.remove(batch)
    for (const { index, code, message } of answer.rejected) {
      const queued = batch[index]
      if (!queued) continue
      const moved = this.offset !== queued.offset
      if (code === "clock_skew" && moved && !queued.reminted) this.queue.push(this.remint(queued))
      else this.options.refused?.([queued.event], `${code}: ${message}`)
    }
    if (answer.withheld > 0) this.options.choices.doubt()
  }

  private remint(queued: Queued): Queued {
    const id = eventId(timeOf(queued.event.id) - queued.offset + this.offset)
    const event: BrowserEvent = { ...queued.event, id }
    return { ...queued, event, offset: this.offset, reminted: true }
  }

  /** Another customer has signed in on this browser: the server has given them an id of their own. */
  private follow(visitor: string, signIn: string, answer: EventBatchAnswer): void {
    if (!answer.visitor_id || answer.visitor_id === visitor || signIn !== this.signIn) return
    this.queue.rename(visitor, signIn, answer.visitor_id)
    if (visitor === this.options.identity.visitor) this.options.identity.become(answer.visitor_id)
  }

  private setClock(answer: EventBatchAnswer, left: number): void {
    const server = Date.parse(answer.server_time)
    if (Number.isNaN(server)) return
    const offset = Math.round(server - (left + this.now()) / 2)
    if (Math.abs(offset - this.offset) < CLOCK_TOLERANCE) return
    this.offset = offset
    this.options.store.set("clock", offset)
  }

  private putOff(retryAfter?: number): void {
    this.failures++
    const backOff = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** Math.min(this.failures - 1, 20))
    // Spread, so that all the shop's browsers do not come back in the same second.
    this.flushIn(Math.max((retryAfter ?? 0) * 1000, backOff * (0.5 + Math.random() / 2)))
  }
}
