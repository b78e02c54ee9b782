/** A page with the kit on it and a backend that answers as the plugin does, or as a broken one. */
import { createServer, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import path from "node:path"
import { build } from "esbuild"
import type { EventBatch, RecommendationsAnswer, ShelfQuery, ShelvesBody } from "../../src/types/http"

export interface Arrival extends EventBatch {
  contentType: string
}

export class FakePlugin {
  batches: Arrival[] = []
  /** Path, search and body of every other call. */
  calls: { method: string; url: URL; body: string }[] = []
  /** Statuses with which the next batches are refused. */
  refusals: number[] = []
  /** Answers one shelf of a call; a status refuses the whole call. */
  recommendations: (shelf: ShelfQuery) => Promise<RecommendationsAnswer | number> = async () => suggestions(8)
  /** What the country's rule grants to those who have not answered. */
  grantedByDefault = false
  body = `<marketing-shelf placement="home" region-id="reg_1" add-to-cart></marketing-shelf>`
  private server: Server | undefined
  private script = ""

  get url(): string {
    return `http://127.0.0.1:${(this.server!.address() as AddressInfo).port}`
  }

  /** Bodies of the calls for shelves, in the order in which they came. */
  get asked(): ShelvesBody[] {
    return this.calls
      .filter(({ url, method }) => method === "POST" && url.pathname.endsWith("/recommendations"))
      .map(({ body }) => JSON.parse(body) as ShelvesBody)
  }

  get events() {
    return this.batches.flatMap(({ events }) => events)
  }

  async start(): Promise<void> {
    const { outputFiles } = await build({
      entryPoints: [path.join(__dirname, "../../storefront/index.ts")],
      bundle: true,
      format: "iife",
      target: "es2020",
      write: false,
    })
    this.script = outputFiles[0].text
    this.server = createServer((req, res) => {
      void this.answer(req).then(([status, type, body]) => {
        res.writeHead(status, { "content-type": type })
        res.end(body)
      })
    })
    await new Promise<void>((resolve) => this.server!.listen(0, "127.0.0.1", resolve))
  }

  stop(): void {
    this.server?.closeAllConnections()
    this.server?.close()
  }

  private async answer(req: IncomingMessage): Promise<[number, string, string]> {
    const url = new URL(req.url ?? "/", "http://fake")
    let body = ""
    for await (const part of req) body += part
    const json = (status: number, value: unknown): [number, string, string] => [
      status,
      "application/json",
      JSON.stringify(value),
    ]
    if (url.pathname === "/storefront.js") return [200, "text/javascript", this.script]
    if (url.pathname === "/marketing/events") {
      const refusal = this.refusals.shift()
      if (refusal) return json(refusal, { message: "not now" })
      const batch = JSON.parse(body) as EventBatch
      this.batches.push({ ...batch, contentType: req.headers["content-type"] ?? "" })
      return json(202, {
        accepted: batch.events.length,
        withheld: 0,
        rejected: [],
        server_time: new Date().toISOString(),
        visitor_id: batch.visitor_id,
      })
    }
    if (url.pathname.startsWith("/store/marketing/")) {
      this.calls.push({ method: req.method ?? "", url, body })
      if (url.pathname.endsWith("/consents")) {
        const state = { granted: this.grantedByDefault, source: "default", decided_at: null }
        return json(200, { consent: { analytics: state, personalisation: state }, country_code: null })
      }
      const shelves: RecommendationsAnswer[] = []
      for (const shelf of (JSON.parse(body) as ShelvesBody).shelves) {
        const answer = await this.recommendations(shelf)
        if (typeof answer === "number") return json(answer, { message: "broken" })
        shelves.push({ ...answer, placement: shelf.placement })
      }
      return json(200, { shelves })
    }
    const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
      <meta name="viewport" content="width=device-width"><style>marketing-shelf:not(:defined) { display: block;
      height: calc(var(--marketing-card-width, 11.5rem) + 11.75rem + 6px) }</style></head><body><main><h1>Shop</h1>${this.body}<p id="after">after</p></main>
      <marketing-consent></marketing-consent>
      <script src="/storefront.js" data-publishable-key="pk_1" data-country="de" defer></script></body></html>`
    return [200, "text/html", page]
  }
}

export function suggestions(count: number): RecommendationsAnswer {
  return {
    recommendations: Array.from({ length: count }, (_, i) => ({
      product_id: `prod_${i}`,
      score: 1 - i / 100,
      reason: { code: "bought_together", data: { product_id: "prod_x", together: 64, of: 210 } },
      product: {
        id: `prod_${i}`,
        title: `Cup ${i}`,
        handle: `cup-${i}`,
        thumbnail: null,
        variants: [
          {
            id: `variant_${i}`,
            calculated_price: { calculated_amount: 12.5, original_amount: 15, currency_code: "eur" },
          },
        ],
      },
    })),
    count,
    offset: 0,
    limit: 8,
    minimum: 1,
    placement: "home",
    decision_id: "0192d7b0-0000-7000-8000-000000000001",
    readiness: "ready",
    model_id: "mmodel_1",
    held_out: false,
  }
}
