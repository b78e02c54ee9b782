import type { Purpose } from "../src/types/http"
import { element } from "./dom"
import { messagesFor } from "./i18n"
import type { Marketing } from "./marketing"
import { ElementBase, whenRunning } from "./running"

const STYLE = `
:host { font: var(--marketing-font, inherit); color: var(--marketing-color, #1b1f24) }
:host([hidden]) { display: none }
* { box-sizing: border-box }
section { position: fixed; z-index: var(--marketing-consent-layer, 1000); inset: auto 1rem 1rem; max-width: 44rem; max-height: calc(100vh - 2rem); overflow: auto; margin: 0 auto; padding: 1.1rem 1.25rem; border: 1px solid var(--marketing-border-color, #dfe3e8); border-radius: var(--marketing-radius, .75rem); background: var(--marketing-card-background, #fff); box-shadow: 0 8px 30px rgb(0 0 0 / .18) }
h2 { margin: 0 0 .3rem; font-size: 1.05rem }
p { margin: 0 0 .9rem; font-size: .95rem; line-height: 1.45 }
fieldset { margin: 0 0 .9rem; padding: 0; border: 0 }
legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
label { display: flex; gap: .6rem; align-items: flex-start; padding: .35rem 0; font-size: .95rem }
input { width: 1.15rem; height: 1.15rem; margin: .1rem 0 0; flex: none; accent-color: var(--marketing-accent-color, #1f4b99) }
div { display: flex; flex-wrap: wrap; gap: .6rem }
button { min-height: 2.75rem; padding: .4rem 1.1rem; border: 1px solid var(--marketing-accent-color, #1f4b99); border-radius: 999px; background: transparent; color: var(--marketing-accent-color, #1f4b99); font: inherit; font-weight: 600; cursor: pointer }
button.same { background: var(--marketing-accent-color, #1f4b99); color: var(--marketing-accent-text, #fff) }
button:focus-visible, input:focus-visible { outline: 3px solid var(--marketing-accent-color, #1f4b99); outline-offset: 2px }
`

const ALL: readonly Purpose[] = [
  "analytics",
  "personalisation",
  "marketing_email",
  "marketing_sms",
  "marketing_push",
]

/**
 * `<marketing-consent>`: asks once, at the foot of the page, without covering or locking it. Accepting and
 * declining are equally easy. `purposes` (space-separated) says what to ask for; default "analytics personalisation".
 */
export class MarketingConsent extends ElementBase {
  static readonly observedAttributes = ["locale", "purposes"]

  private marketing: Marketing | undefined
  private choosing = false
  private reopened = false
  private readonly refresh = (): void => this.draw()
  private readonly reopen = (): void => {
    this.reopened = true
    this.choosing = true
    this.draw()
    this.shadowRoot?.querySelector<HTMLElement>("input, button")?.focus()
  }

  connectedCallback(): void {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" })
    this.hidden = true
    window.addEventListener("marketing:locale", this.refresh)
    window.addEventListener("marketing:ask-consent", this.reopen)
    whenRunning((marketing) => {
      this.marketing = marketing
      // Not before the server was asked: the shopper may have answered on another device.
      void marketing.ready.then(this.refresh)
    })
  }

  disconnectedCallback(): void {
    window.removeEventListener("marketing:locale", this.refresh)
    window.removeEventListener("marketing:ask-consent", this.reopen)
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.draw()
  }

  private get purposes(): Purpose[] {
    const asked = (this.getAttribute("purposes") ?? "analytics personalisation").split(/\s+/)
    return ALL.filter((purpose) => asked.includes(purpose))
  }

  private draw(): void {
    const { marketing, shadowRoot } = this
    if (!marketing || !shadowRoot) return
    this.hidden = !this.reopened && marketing.choices.answered
    if (this.hidden) return shadowRoot.replaceChildren()
    const { consent } = messagesFor(this.getAttribute("locale") ?? marketing.locale)
    const boxes = this.purposes.map((purpose) => {
      const box = element("input", { type: "checkbox", name: purpose })
      box.checked = marketing.granted(purpose)
      return box
    })
    const button = (text: string, act: () => void, weight = ""): HTMLButtonElement => {
      const made = element("button", { type: "button", class: weight }, text)
      made.addEventListener("click", act)
      return made
    }
    const all = (granted: boolean) => (): void =>
      this.answer(Object.fromEntries(this.purposes.map((purpose) => [purpose, granted])))
    const chosen = (): void => this.answer(Object.fromEntries(boxes.map((box) => [box.name, box.checked])))
    const choose = (): void => {
      this.choosing = true
      this.draw()
      shadowRoot.querySelector("input")?.focus()
    }
    shadowRoot.replaceChildren(
      element("style", {}, STYLE),
      element(
        "section",
        { "aria-label": consent.label },
        element("h2", {}, consent.label),
        element("p", {}, consent.text),
        this.choosing &&
          element(
            "fieldset",
            {},
            element("legend", {}, consent.label),
            ...boxes.map((box) =>
              element("label", {}, box, element("span", {}, consent.purposes[box.name as Purpose])),
            ),
          ),
        element(
          "div",
          {},
          button(consent.accept, all(true), "same"),
          button(consent.decline, all(false), "same"),
          this.choosing ? button(consent.save, chosen) : button(consent.choose, choose),
        ),
      ),
    )
  }

  private answer(purposes: Partial<Record<Purpose, boolean>>): void {
    this.choosing = false
    this.reopened = false
    this.hidden = true
    void this.marketing?.consent(purposes, "banner")
  }
}
