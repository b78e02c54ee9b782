import type { StoreExperimentsAnswer } from "../../src/types/http"
import { MarketingClient } from "../client"
import { Experiments } from "../experiments"

const VISITOR = "0192d7b0-1111-7000-8000-000000000001"
const GREEN = { key: "button", arm: "green", settings: { colour: "green" }, off: false }

interface Sent {
  method: string
  url: string
  body: unknown
  token: string | undefined
}

/** The kit's own client before a backend that answers with these experiments, or not at all. */
function page(
  answers: StoreExperimentsAnswer["experiments"] | null = [GREEN],
  who: { visitor?: string; token?: string } = { visitor: VISITOR },
) {
  const sent: Sent[] = []
  const backend = { answers }
  const client = new MarketingClient({
    backendUrl: "https://shop.example",
    publishableKey: "pk_1",
    fetch: (url, { method = "GET", body, headers } = {}) => {
      const { authorization } = headers as Record<string, string | undefined>
      sent.push({
        method,
        url: String(url as string).slice("https://shop.example".length),
        body: typeof body === "string" ? JSON.parse(body) : undefined,
        token: authorization,
      })
      if (backend.answers === null) return Promise.reject(new TypeError("network"))
      const answer = method === "GET" ? { experiments: backend.answers } : { recorded: true }
      return Promise.resolve(new Response(JSON.stringify(answer)))
    },
  })
  const experiments = new Experiments({
    client,
    visitor: () => who.visitor,
    token: () => who.token,
    country: () => "de",
  })
  return { experiments, sent, who, backend }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe("storefront experiments", () => {
  it("give the shopper's arm with its settings, and ask once for all keys of a page", async () => {
    const { experiments, sent } = page()
    const [button, other] = await Promise.all([experiments.of("button"), experiments.of("banner")])
    expect(button).toMatchObject({ arm: "green", settings: { colour: "green" }, off: false })
    expect(other).toMatchObject({ arm: null, settings: null })
    expect(sent.map(({ url }) => url)).toEqual([`/store/marketing/experiments?visitor_id=${VISITOR}`])
  })

  it("tell the exposure only when the difference is shown, once, with the country whose rule speaks", async () => {
    const { experiments, sent } = page()
    const { shown } = await experiments.of("button")
    expect(sent).toHaveLength(1)
    shown()
    shown()
    ;(await experiments.of("button")).shown()
    await settled()
    expect(sent.slice(1)).toEqual([
      {
        method: "POST",
        url: "/store/marketing/experiments/exposures",
        body: { key: "button", visitor_id: VISITOR, country_code: "de" },
        token: undefined,
      },
    ])
  })

  it("leave the page as it is, and ask nobody, without a visitor who may be kept", async () => {
    const { experiments, sent } = page([GREEN], {})
    const { arm, shown } = await experiments.of("button")
    shown()
    await settled()
    expect([arm, sent]).toEqual([null, []])
  })

  it("ask again when somebody has signed in, whose arm may be another", async () => {
    const { experiments, sent, who, backend } = page()
    await experiments.of("button")
    who.token = "token_1"
    backend.answers = [{ ...GREEN, arm: "control", settings: null }]
    expect((await experiments.of("button")).arm).toBe("control")
    expect(sent.map(({ token }) => token)).toEqual([undefined, "Bearer token_1"])
  })

  it("leave the page as it is while the backend does not answer, and try again at the next question", async () => {
    const { experiments, backend } = page(null)
    expect((await experiments.of("button")).arm).toBeNull()
    backend.answers = [GREEN]
    expect((await experiments.of("button")).arm).toBe("green")
  })

  it("tell an exposure again that did not reach the backend", async () => {
    const { experiments, sent, backend } = page()
    const { shown } = await experiments.of("button")
    backend.answers = null
    shown()
    await settled()
    backend.answers = [GREEN]
    shown()
    await settled()
    expect(sent.filter(({ method }) => method === "POST")).toHaveLength(2)
  })
})
