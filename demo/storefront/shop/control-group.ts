import type { Marketing } from "../../../storefront"
import type { Shop } from "./shop"
import { h } from "./view"
import { fill } from "./words"

/**
 * A line above the page while this browser is in a control group, with a way out: a real shop says nothing, a demo would seem broken. `percent`: how
 * large the group is. `again` draws the page for the next visitor.
 */
export class ControlGroup {
  readonly element = h("aside", { class: "control", hidden: true })

  constructor(
    private readonly shop: Shop,
    private readonly percent: number,
    private readonly again: () => void,
  ) {
    shop.tellMarketing((marketing) => this.listen(marketing))
    shop.addEventListener("changed", () => this.draw())
  }

  /** Every answer says it of each of its shelves; an experiment may keep back a single one, which is another thing. */
  private listen({ client }: Marketing): void {
    const ask = client.shelves.bind(client)
    client.shelves = async (...asked) => {
      const answer = await ask(...asked)
      if (answer.shelves.length > 0) {
        this.element.hidden = !answer.shelves.every(({ held_out }) => held_out)
        this.draw()
      }
      return answer
    }
  }

  private draw(): void {
    if (this.element.hidden) return
    const { words, locale } = this.shop
    const share = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(this.percent)
    this.element.setAttribute("aria-label", words.controlGroup)
    this.element.replaceChildren(
      h("p", {}, fill(words.heldOut, { share })),
      h("button", { type: "button", class: "plain", onclick: () => this.leave() }, words.anotherVisitor),
    )
  }

  /** Whoever signs out leaves the browser to somebody else: the kit gives them an id of their own. */
  private leave(): void {
    this.element.hidden = true
    this.shop
      .signOut()
      .then(this.again)
      .catch((error: Error) => this.shop.say(fill(this.shop.words.failed, { message: error.message })))
  }
}
