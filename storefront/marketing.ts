import type { BrowserEvent, BrowserEventBody, Purpose } from "../src/types/http"
import { Attention } from "./attention"
import { Choices, objectsToTracking } from "./choices"
import { MarketingClient } from "./client"
import { Experiments, type Experiment } from "./experiments"
import { Identity } from "./identity"
import { PageShelves } from "./page-shelves"
import { webStorage } from "./storage"
import { Titles } from "./titles"
import { Tracker } from "./tracker"
import { takeDecision, Trail } from "./trail"

export interface MarketingOptions {
  publishableKey: string
  backendUrl: string
  /** BCP 47, e.g. "en-GB" or "zh-CN". Default: the page's `lang`. */
  locale?: string
  /** Two-letter country of the shop's region: decides which consent rule applies until the shopper answers. */
  country?: string
  /** A customer's token, when the page loads with one signed in. */
  token?: string
  /** Milliseconds before a call to the backend is given up. */
  timeout?: number
}

const MOST_EARLY = 50
/** Milliseconds a shelf waits at most for what was viewed before to reach the server. */
const PATIENCE = 500

/** The kit as a page uses it: `window.marketing`, or what `start` returns. */
export class Marketing {
  readonly client: MarketingClient
  readonly choices: Choices
  /** Resolves when it is known what is agreed to (or that the backend does not answer). Never rejects. */
  readonly ready: Promise<void>
  readonly shelves: PageShelves
  readonly titles: Titles
  private readonly experiments: Experiments
  private readonly identity: Identity
  private readonly tracker: Tracker
  private readonly attention = new Attention(() => performance.now())
  private readonly trail: Trail
  /** Views of the page before this one, on their way to the server. */
  private arriving: Promise<void> | undefined
  /** What happened before it was known whether it may be recorded; only ever in memory. */
  private early: { event: BrowserEventBody; at: number }[] | undefined
  private wasGranted = false
  private current: { path: string; product_id?: string; left: boolean }
  private locale_: string | undefined
  private country_: string | undefined

  constructor(options: MarketingOptions) {
    const store = webStorage(() => window.localStorage)
    const visits = webStorage(() => window.sessionStorage)
    this.titles = new Titles(visits)
    this.trail = new Trail(visits, () => this.granted("analytics"), takeDecision())
    this.locale_ = options.locale
    this.country_ = options.country
    this.client = new MarketingClient(options)
    this.identity = new Identity(store, Date.now)
    const country = (): string | undefined => this.country
    this.choices = new Choices({
      client: this.client,
      identity: this.identity,
      store,
      objected: objectsToTracking,
      country,
      token: () => this.tracker?.customerToken,
    })
    const { client, identity, choices } = this
    const refused = (events: BrowserEvent[], why: string): void => {
      window.dispatchEvent(new CustomEvent("marketing:refused", { detail: { events, why } }))
    }
    this.tracker = new Tracker({ client, identity, choices, store, country, refused })
    if (options.token) this.tracker.authenticate(options.token)
    this.shelves = new PageShelves({
      send: (body) => client.shelves({ ...body, visitor_id: this.visitorId }, this.customerToken),
      before: () => this.caughtUp(),
    })
    this.experiments = new Experiments({
      client,
      visitor: () => this.visitorId,
      token: () => this.customerToken,
      country,
    })
    this.current = { path: location.pathname, left: false }
    this.watchPage()
    if (!this.choices.known) this.early = []
    this.wasGranted = this.granted("analytics")
    // Consent may have been withdrawn in another tab, which cannot reach what this one keeps.
    if (this.choices.known && !this.wasGranted) this.forget()
    this.choices.onChange(() => {
      if (!this.granted("analytics")) this.forget()
      if (!this.early) this.sayConsent()
    })
    this.ready = this.choices.load().then(() => this.recordEarly())
    void this.ready.then(() => this.tracker.flush())
  }

  get locale(): string {
    return this.locale_ ?? (document.documentElement.lang || "en")
  }
  set locale(locale: string) {
    this.locale_ = locale
    window.dispatchEvent(new CustomEvent("marketing:locale"))
  }

  get country(): string | undefined {
    return this.country_
  }
  /** The shopper chose another country: an unanswered consent question has to be asked anew. */
  set country(country: string | undefined) {
    if (country === this.country_) return
    this.country_ = country
    if (!this.choices.answered) void this.choices.load()
  }

  /** The visitor's id once it may be kept, for `visitor_id` of other calls; undefined before. */
  get visitorId(): string | undefined {
    return this.granted("analytics") ? this.identity.visitor : undefined
  }

  get customerToken(): string | undefined {
    return this.tracker.customerToken
  }

  granted(purpose: Purpose): boolean {
    return this.choices.granted(purpose)
  }

  /**
   * Records an event and returns its id; undefined (and nothing is kept) without analytics consent. What happens before
   * `ready` waits in memory for it, and is recorded or dropped then.
   */
  track(event: BrowserEventBody): string | undefined {
    if (event.type === "product_viewed") {
      this.current.product_id = event.product_id
      this.trail.reached(event.product_id)
    }
    if (!this.early) return this.record(event)
    if (this.early.length < MOST_EARLY) this.early.push({ event, at: Date.now() })
    return undefined
  }

  /** For shops that change pages without loading: the shopper is on another page now. */
  page(path: string = location.pathname): void {
    this.leave()
    this.trail.left()
    this.current = { path, left: false }
    const viewed = this.tracker.holds("product_viewed")
    const flushed = this.tracker.flush()
    if (viewed) this.arriving = flushed
  }

  /**
   * This shopper's arm of a storefront experiment, by the key it was given in the admin. Waits until it is known what the shopper agreed
   * to; never rejects, and answers `arm: null` where the page is to stay as it is.
   *
   *     const { settings, shown } = await marketing.experiment<{ label: string }>("buy-button")
   *     button.textContent = settings?.label ?? "Buy"
   *     shown()
   */
  async experiment<Settings = Record<string, unknown>>(key: string): Promise<Experiment<Settings>> {
    await this.ready
    return this.experiments.of<Settings>(key)
  }

  /**
   * The decision whose suggestion brought the shopper to this product in this tab: clicked or added on a shelf, or told
   * by the address of the page (an e-mail's link). Put it on the cart line as `metadata: { marketing_decision_id }`, and
   * the order can be joined to the shelf that earned it.
   */
  decisionFor(productId: string): string | undefined {
    return this.trail.decisionFor(productId)
  }

  /** The shop's own name for a product, in the page's language: for shelves, and for reasons that name what was looked at. */
  nameProduct(productId: string, title: string): void {
    if (this.titles.of(productId) !== title)
      queueMicrotask(() => window.dispatchEvent(new CustomEvent("marketing:titles")))
    this.titles.tell(productId, title)
  }

  authenticate(token: string): void {
    this.tracker.authenticate(token)
  }

  signedIn(token?: string): void {
    this.tracker.signedIn(token)
  }

  signedOut(): Promise<void> {
    this.leave()
    this.forget()
    return this.tracker.signedOut()
  }

  /** Records the shopper's answer; purposes left out keep theirs. */
  consent(purposes: Partial<Record<Purpose, boolean>>, source = "page"): Promise<void> {
    return this.choices.set(purposes, source).then(() => this.tracker.flush())
  }

  /** Opens the consent banner again, for a "privacy choices" link. */
  askConsent(): void {
    window.dispatchEvent(new CustomEvent("marketing:ask-consent"))
  }

  flush(): Promise<void> {
    return this.tracker.flush()
  }

  private watchPage(): void {
    if (document.visibilityState === "visible") this.attention.resume()
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") {
        this.attention.resume()
        return
      }
      // A phone may end a hidden page without another word.
      this.leave()
      this.attention.pause()
      this.tracker.beacon()
    })
    window.addEventListener("pagehide", () => {
      this.leave()
      this.tracker.beacon()
    })
    window.addEventListener("online", () => void this.tracker.flush())
  }

  /** Says how long the page has held attention. A page that is come back to says only what was added. */
  private leave(): void {
    const seconds = this.attention.take()
    if (this.current.left && seconds < 1) return
    this.current.left = true
    const { path, product_id } = this.current
    this.tracker.track({ type: "page_left", path: path.slice(0, 500), active_seconds: seconds, product_id })
  }

  private record(event: BrowserEventBody, at?: number): string | undefined {
    if (event.type === "recommendation_clicked") this.trail.remember(event.product_id, event.decision_id)
    if (event.type === "product_viewed") {
      event = { decision_id: this.trail.viewed(event.product_id), ...event }
      if (this.granted("analytics")) this.titles.keep(event.product_id)
    }
    return this.tracker.track(event, at)
  }

  /** Resolves when the server knows what the next shelf should follow, or after a moment all the same. */
  private caughtUp(): Promise<void> {
    const waits: Promise<void>[] = []
    // Who was here before under the country's rule is known by their id, as soon as the rule is known again.
    if (!this.choices.known && this.identity.returning) waits.push(this.ready)
    if (this.arriving) waits.push(this.arriving)
    if (waits.length === 0) return Promise.resolve()
    const enough = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE))
    return Promise.race([Promise.all(waits).then(() => undefined), enough])
  }

  private recordEarly(): void {
    const early = this.early ?? []
    this.early = undefined
    for (const { event, at } of early) this.record(event, at)
    this.wasGranted = this.granted("analytics")
  }

  /** A page that has just been looked at without consent may want to say so once there is one. */
  private sayConsent(): void {
    const granted = this.granted("analytics")
    if (granted === this.wasGranted) return
    this.wasGranted = granted
    window.dispatchEvent(new CustomEvent("marketing:consent", { detail: { analytics: granted } }))
  }

  private forget(): void {
    this.trail.forget()
    this.titles.forget()
  }
}
