import { randomId } from "./ids"
import type { Store } from "./storage"

const SESSION_IDLE = 30 * 60 * 1000

/**
 * Who this browser is to the log: a random visitor id, and a session id that ends after 30 idle
 * minutes. Both live in memory only until `keep` is called, which happens with analytics consent.
 */
export class Identity {
  private visitorId: string
  private session: { id: string; at: number } | undefined
  private kept: boolean
  private readonly listeners: ((id: string) => void)[] = []

  constructor(
    private readonly store: Store,
    private readonly now: () => number,
  ) {
    const stored = store.get<string>("visitor")
    this.kept = typeof stored === "string"
    this.visitorId = stored ?? randomId()
  }

  get visitor(): string {
    return this.visitorId
  }

  /** This browser was given its id by an earlier page. */
  get returning(): boolean {
    return this.kept
  }

  /** Called with the new id whenever this browser becomes somebody else. */
  onChange(listener: (id: string) => void): void {
    this.listeners.push(listener)
  }

  keep(): void {
    if (this.kept) return
    // Another tab may have been first.
    this.visitorId = this.store.get<string>("visitor") ?? this.visitorId
    this.kept = true
    this.store.set("visitor", this.visitorId)
    if (this.session) this.store.set("session", this.session)
  }

  forget(): void {
    this.kept = false
    this.store.remove("visitor")
    this.store.remove("session")
    this.become(randomId())
  }

  become(id: string): void {
    if (id === this.visitorId) return
    this.visitorId = id
    this.session = undefined
    if (this.kept) {
      this.store.set("visitor", id)
      this.store.remove("session")
    }
    for (const listener of this.listeners) listener(id)
  }

  /** The running session's id; asking for it is activity, and keeps it running. */
  touch(): string {
    const at = this.now()
    const stored = this.kept ? this.store.get<{ id: string; at: number }>("session") : undefined
    const running = stored ?? this.session
    const fresh = running && at - running.at < SESSION_IDLE ? running.id : randomId()
    this.session = { id: fresh, at }
    if (this.kept) this.store.set("session", this.session)
    return fresh
  }
}
