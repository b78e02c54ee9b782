import type { Store } from "./storage"

const PARAMETER = "marketing_decision"
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const MOST = 50

/**
 * Which decision led the shopper to which product in this tab. Kept only with analytics consent; a decision that came
 * with the address waits in memory for the product's view.
 */
export class Trail {
  private readonly clicked = new Map<string, string>()
  /** From the address of the page that was opened: an e-mail's link, or a suggestion opened in a tab of its own. */
  private arrival: { decision_id: string; product_id?: string } | undefined

  constructor(
    private readonly store: Store,
    private readonly granted: () => boolean,
    arrival: string | undefined,
  ) {
    if (arrival) this.arrival = { decision_id: arrival }
  }

  /** A product's page is open: the decision of the address, if any, is about the first such product. */
  reached(productId: string): void {
    if (this.arrival) this.arrival.product_id ??= productId
  }

  /** The opened page is left: if it showed no product, its decision is about none. */
  left(): void {
    if (!this.arrival?.product_id) this.arrival = undefined
  }

  /** The product's view is recorded: from now on it is known what led here. */
  viewed(productId: string): string | undefined {
    if (this.arrival?.product_id === productId && this.granted()) {
      this.remember(productId, this.arrival.decision_id)
      this.arrival = undefined
    }
    return this.decisionFor(productId)
  }

  remember(productId: string, decisionId: string): void {
    if (!this.granted()) return
    this.clicked.set(productId, decisionId)
    // The latest last, so that the oldest are dropped.
    const { [productId]: _, ...others } = this.store.get<Record<string, string>>("clicks") ?? {}
    const clicks = { ...others, [productId]: decisionId }
    this.store.set("clicks", Object.fromEntries(Object.entries(clicks).slice(-MOST)))
  }

  /** undefined once consent is withdrawn, though it were in another tab. */
  decisionFor(productId: string): string | undefined {
    if (!this.granted()) return undefined
    return this.clicked.get(productId) ?? this.store.get<Record<string, string>>("clicks")?.[productId]
  }

  forget(): void {
    this.clicked.clear()
    this.store.remove("clicks")
  }
}

/** The address with the decision that leads there, for a tab that shares nothing with this one. */
export function withDecision(href: string, decisionId: string): string {
  const [address, hash] = href.split("#", 2)
  const joined = `${address}${address.includes("?") ? "&" : "?"}${PARAMETER}=${decisionId}`
  return hash === undefined ? joined : `${joined}#${hash}`
}

/** Takes the decision out of an address; the rest stays as it was written. */
export function splitDecision(href: string): { href: string; decision_id?: string } {
  const [, address, search, hash = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(href)!
  if (!search) return { href }
  const parts = search.slice(1).split("&")
  const mine = parts.filter((part) => part.startsWith(`${PARAMETER}=`))
  if (mine.length === 0) return { href }
  const rest = parts.filter((part) => !mine.includes(part)).join("&")
  const value = mine[mine.length - 1].slice(PARAMETER.length + 1)
  return {
    href: address + (rest && `?${rest}`) + hash,
    decision_id: UUID.test(value) ? value.toLowerCase() : undefined,
  }
}

/** The decision of the page's address, which is then shown without it, so that it is not passed on with the link. */
export function takeDecision(): string | undefined {
  const { href, decision_id } = splitDecision(location.href)
  if (href !== location.href) {
    try {
      history.replaceState(history.state, "", href)
    } catch {
      // A sandboxed page may not write its address: it keeps the parameter, and nothing else changes.
    }
  }
  return decision_id
}
