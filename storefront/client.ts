import type {
  ConsentAnswer,
  ConsentBody,
  EventBatch,
  EventBatchAnswer,
  ExposureAnswer,
  ExposureBody,
  RecommendationsAnswer,
  ShelfQuery,
  ShelvesAnswer,
  ShelvesBody,
  StoreExperimentsAnswer,
} from "../src/types/http"

export interface ClientOptions {
  /** Where Medusa answers, e.g. "https://api.shop.example". */
  backendUrl: string
  publishableKey: string
  /** Milliseconds before a call is given up. Default 5,000: a shelf that comes later than that helps nobody. */
  timeout?: number
  fetch?: typeof fetch
}

/** One shelf, and what a page says for all of its shelves: `region_id` for prices, `fields` ("default") for products. */
export type RecommendationsQuery = ShelfQuery & Omit<ShelvesBody, "shelves">

/** A call that got no good answer. `status` 0: no answer at all (network, timeout). */
export class MarketingError extends Error {
  constructor(
    message: string,
    readonly status: number,
    /** Seconds the server asked us to wait. */
    readonly retryAfter?: number,
    /** What the server said, if it was JSON. */
    readonly body?: unknown,
  ) {
    super(message)
    this.name = "MarketingError"
  }
}

interface Call {
  method?: "GET" | "POST"
  body?: string
  contentType?: string
  token?: string
  /** The key goes in a header, except to the events door, which takes it in the body so that no preflight is needed. */
  keyInHeader?: boolean
  /** Nobody needs the answer once the page is gone. */
  forThisPage?: boolean
}

/** Typed calls to the plugin's shopper routes. Every method rejects with `MarketingError`; nothing is retried here. */
export class MarketingClient {
  readonly options: Required<ClientOptions>

  constructor(options: ClientOptions) {
    if (!options.publishableKey) throw new TypeError("MarketingClient: publishableKey is empty")
    this.options = {
      timeout: 5000,
      fetch: (...args) => fetch(...args),
      ...options,
      backendUrl: options.backendUrl.replace(/\/+$/, ""),
    }
  }

  /** With a customer's token, priced for them. */
  recommendations(query: RecommendationsQuery, token?: string): Promise<RecommendationsAnswer> {
    return this.call(`/store/marketing/recommendations?${search(query)}`, { keyInHeader: true, token })
  }

  /** The shelves of a page in one call, in page order; no product comes twice. */
  shelves(body: ShelvesBody, token?: string): Promise<ShelvesAnswer> {
    return this.call("/store/marketing/recommendations", {
      method: "POST",
      body: JSON.stringify(body),
      contentType: "application/json",
      keyInHeader: true,
      forThisPage: true,
      token,
    })
  }

  consents(query: { visitor_id: string; country_code?: string }, token?: string): Promise<ConsentAnswer> {
    return this.call(`/store/marketing/consents?${search(query)}`, { keyInHeader: true, token })
  }

  decide(body: ConsentBody, token?: string): Promise<ConsentAnswer> {
    return this.call("/store/marketing/consents", {
      method: "POST",
      body: JSON.stringify(body),
      contentType: "application/json",
      keyInHeader: true,
      token,
    })
  }

  /** The storefront experiments in which this shopper takes part. Asking is no exposure. */
  experiments(query: { visitor_id: string }, token?: string): Promise<StoreExperimentsAnswer> {
    return this.call(`/store/marketing/experiments?${search(query)}`, { keyInHeader: true, token })
  }

  /** The difference of an experiment is on the page, or what stands in its place in the control. */
  exposed(body: ExposureBody, token?: string): Promise<ExposureAnswer> {
    return this.call("/store/marketing/experiments/exposures", {
      method: "POST",
      body: JSON.stringify(body),
      contentType: "application/json",
      keyInHeader: true,
      token,
    })
  }

  async events(batch: EventBatch, token?: string): Promise<EventBatchAnswer> {
    try {
      // text/plain is a "simple" request: no preflight, so it also leaves while the page is being unloaded.
      return await this.call<EventBatchAnswer>("/marketing/events", {
        method: "POST",
        body: JSON.stringify(batch),
        contentType: "text/plain;charset=UTF-8",
        token,
      })
    } catch (error) {
      // A batch of which no event is good is refused as a whole, but still says why of each.
      const body = error instanceof MarketingError ? (error.body as Partial<EventBatchAnswer>) : undefined
      if (body?.rejected && body.server_time) return body as EventBatchAnswer
      throw error
    }
  }

  /** Hands the batch to the browser to deliver after the page is gone. false: it did not take it. */
  beacon(batch: EventBatch): boolean {
    if (typeof navigator === "undefined" || typeof navigator.sendBeacon !== "function") return false
    return navigator.sendBeacon(`${this.options.backendUrl}/marketing/events`, JSON.stringify(batch))
  }

  private async call<T>(path: string, call: Call): Promise<T> {
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), this.options.timeout)
    try {
      const headers: Record<string, string> = { accept: "application/json" }
      if (call.contentType) headers["content-type"] = call.contentType
      if (call.keyInHeader) headers["x-publishable-api-key"] = this.options.publishableKey
      if (call.token) headers.authorization = `Bearer ${call.token}`
      const response = await this.options.fetch(this.options.backendUrl + path, {
        method: call.method ?? "GET",
        headers,
        body: call.body,
        credentials: "include",
        // What was seen a minute ago must count: no answer is worth keeping.
        cache: "no-store",
        // Browsers refuse keepalive bodies over 64 kB.
        keepalive: !call.forThisPage && call.body !== undefined && call.body.length < 20000,
        signal: abort.signal,
      })
      if (!response.ok) {
        const wait = Number(response.headers.get("retry-after"))
        const body: unknown = await response.json().catch(() => undefined)
        const said = (body as { message?: unknown } | undefined)?.message
        const message = `${path} answered ${response.status}${typeof said === "string" ? `: ${said}` : ""}`
        throw new MarketingError(message, response.status, wait || undefined, body)
      }
      return (await response.json()) as T
    } catch (error) {
      if (error instanceof MarketingError) throw error
      throw new MarketingError(`${path} did not answer: ${String(error)}`, 0)
    } finally {
      clearTimeout(timer)
    }
  }
}

function search(query: object): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    // A list is written with commas.
    const text = value === undefined || value === null ? "" : String(value)
    if (text) params.set(name, text)
  }
  return params.toString()
}
