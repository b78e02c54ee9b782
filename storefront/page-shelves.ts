import type { RecommendationsAnswer, ShelfQuery, ShelvesAnswer, ShelvesBody } from "../src/types/http"
import { MarketingError } from "./client"

/** What is said once for all shelves of a call. */
export type ShelvesContext = Omit<ShelvesBody, "shelves" | "visitor_id">

export interface PageShelvesOptions {
  send: (body: ShelvesBody) => Promise<ShelvesAnswer>
  /** Waited for before anything is asked. Never rejects. */
  before: () => Promise<void>
}

interface Ask {
  shelf: Node
  query: ShelfQuery
  context: ShelvesContext
  resolve: (answer: RecommendationsAnswer) => void
  reject: (error: unknown) => void
}

interface Moment {
  shelves: Node[]
  done: Promise<void>
}

/** Limits of the route. */
const MOST_SHELVES = 10
const MOST_EXCLUDED = 200
/** `Node.DOCUMENT_POSITION_FOLLOWING`. */
const FOLLOWING = 4

/**
 * All shelves of a page, so that no product comes twice on it. Those that ask in the same moment go as one call, in the
 * order in which they stand; one that asks later leaves out what the others show.
 */
export class PageShelves {
  private asking: Ask[] = []
  /** The last ask of each shelf: what an earlier one is answered is shown by nobody. */
  private readonly latest = new WeakMap<Node, Ask>()
  private readonly shown = new Map<Node, string[]>()
  private readonly underWay = new Set<Moment>()

  constructor(private readonly options: PageShelvesOptions) {}

  ask(shelf: Node, query: ShelfQuery, context: ShelvesContext): Promise<RecommendationsAnswer> {
    this.shown.delete(shelf)
    const earlier = this.asking.findIndex((ask) => ask.shelf === shelf)
    if (earlier >= 0) this.asking.splice(earlier, 1)[0].reject(overtaken())
    return new Promise((resolve, reject) => {
      const ask = { shelf, query, context, resolve, reject }
      this.latest.set(shelf, ask)
      this.asking.push(ask)
      if (this.asking.length === 1) setTimeout(() => this.begin(), 0)
    })
  }

  shows(shelf: Node, products: string[]): void {
    this.shown.set(shelf, products)
  }

  /** It shows nothing any more, and waits for nothing. */
  leave(shelf: Node): void {
    this.latest.delete(shelf)
    this.shown.delete(shelf)
  }

  private begin(): void {
    const asks = this.asking
      .splice(0)
      .sort((a, b) => (a.shelf.compareDocumentPosition(b.shelf) & FOLLOWING ? -1 : 1))
    const shelves = asks.map(({ shelf }) => shelf)
    // What others are about to show is not known yet. Those of a page that is gone, or that ask again, do not matter.
    const others = [...this.underWay].filter((moment) =>
      moment.shelves.some((shelf) => shelf.isConnected && !shelves.includes(shelf)),
    )
    const moment: Moment = { shelves, done: this.answerAll(asks, others) }
    this.underWay.add(moment)
    void moment.done.then(() => this.underWay.delete(moment))
  }

  private async answerAll(asks: Ask[], others: Moment[]): Promise<void> {
    await Promise.all([this.options.before(), ...others.map(({ done }) => done)])
    const batches = new Map<string, Ask[]>()
    for (const ask of asks) {
      if (!ask.shelf.isConnected) {
        ask.reject(new Error("the shelf is gone"))
        continue
      }
      if (this.latest.get(ask.shelf) !== ask) {
        ask.reject(overtaken())
        continue
      }
      const key = JSON.stringify(ask.context)
      const batch = batches.get(key)
      if (batch) batch.push(ask)
      else batches.set(key, [ask])
    }
    for (const batch of batches.values()) {
      for (let i = 0; i < batch.length; i += MOST_SHELVES) await this.answer(batch.slice(i, i + MOST_SHELVES))
    }
  }

  /** Never rejects: each shelf learns by itself that it has no answer. */
  private async answer(batch: Ask[]): Promise<void> {
    const exclude = [...new Set([...this.shown.values()].flat())].slice(0, MOST_EXCLUDED)
    const shelves = batch.map(({ query }) => (exclude.length > 0 ? { ...query, exclude } : query))
    try {
      const answer = await this.options.send({ ...batch[0].context, shelves })
      batch.forEach((ask, i) => {
        const { shelf, resolve, reject } = ask
        const one = answer.shelves[i] as RecommendationsAnswer | undefined
        if (!one) {
          reject(new Error(`${batch.length} shelves were asked for and ${answer.shelves.length} came`))
          return
        }
        if (shelf.isConnected && this.latest.get(shelf) === ask) {
          this.shows(
            shelf,
            one.recommendations.map(({ product_id }) => product_id),
          )
        }
        resolve(one)
      })
    } catch (error) {
      // One shelf with a mistake (a basket that is gone, a placement that is not there) must not take the others along.
      if (batch.length > 1 && error instanceof MarketingError && [400, 404].includes(error.status)) {
        for (const ask of batch) await this.answer([ask])
      } else for (const { reject } of batch) reject(error)
    }
  }
}

function overtaken(): Error {
  return new Error("the shelf has asked for something else")
}
