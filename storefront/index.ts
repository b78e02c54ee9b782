import { MarketingConsent } from "./consent"
import { Marketing, type MarketingOptions } from "./marketing"
import { setRunning } from "./running"
import { MarketingShelf } from "./shelf"

export { MarketingClient, MarketingError } from "./client"
export { formatPrice } from "./i18n"
export { Marketing, MarketingConsent, MarketingShelf }
export { reasonText } from "./reason-text"
export type { ClientOptions, RecommendationsQuery } from "./client"
export type { Experiment } from "./experiments"
export type { MarketingOptions } from "./marketing"
export type { ShelfSelection } from "./shelf"
export type * from "../src/types/http"

declare global {
  interface Window {
    marketing?: Marketing
  }
  interface HTMLElementTagNameMap {
    "marketing-shelf": MarketingShelf
    "marketing-consent": MarketingConsent
  }
}

/** Starts the kit: once a page, in a browser. Until then its elements wait, and nothing is stored or sent. */
export function start(options: MarketingOptions): Marketing {
  if (window.marketing) return window.marketing
  const marketing = new Marketing(options)
  window.marketing = marketing
  for (const [name, constructor] of Object.entries({
    "marketing-shelf": MarketingShelf,
    "marketing-consent": MarketingConsent,
  })) {
    if (!customElements.get(name)) customElements.define(name, constructor)
  }
  setRunning(marketing)
  window.dispatchEvent(new CustomEvent("marketing:ready"))
  return marketing
}

// As a script tag the kit starts by itself; `currentScript` is only known while the script first runs.
const script = typeof document === "undefined" ? null : document.currentScript
if (script instanceof HTMLScriptElement && script.dataset.publishableKey) {
  const { publishableKey, backendUrl, locale, country } = script.dataset
  start({ publishableKey, backendUrl: backendUrl || new URL(script.src).origin, locale, country })
}
