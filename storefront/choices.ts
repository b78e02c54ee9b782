import type { ConsentAnswer, Purpose } from "../src/types/http"
import type { MarketingClient } from "./client"
import type { Identity } from "./identity"
import type { Store } from "./storage"

type Purposes = Partial<Record<Purpose, boolean>>

/** What this browser's user answered, and whether the server knows it. */
interface Choice {
  purposes: Purposes
  source: string
  /** The visitor the answer is about: after a withdrawal no longer the current one. */
  visitor: string
  sent: boolean
}

export interface ChoicesOptions {
  client: MarketingClient
  identity: Identity
  store: Store
  /** Do Not Track or Global Privacy Control is on: browsing is then never recorded, whatever else was said. */
  objected: () => boolean
  country: () => string | undefined
  token: () => string | undefined
}

/**
 * Which purposes are agreed to, here and now. The user's own answer stands in the browser and is told
 * to the server; until there is one, the merchant's default for the country speaks.
 */
export class Choices {
  private choice: Choice | undefined
  private defaults: ConsentAnswer["consent"] | undefined
  private readonly listeners: (() => void)[] = []
  private syncing: Promise<boolean> | undefined

  constructor(private readonly options: ChoicesOptions) {
    this.choice = options.store.get<Choice>("consent")
    options.identity.onChange((visitor) => {
      // The same person at the same browser: their answer also holds for the new id.
      if (this.choice && anyGranted(this.choice.purposes)) this.save({ ...this.choice, visitor, sent: false })
    })
    if (this.granted("analytics")) options.identity.keep()
  }

  granted(purpose: Purpose): boolean {
    if (this.options.objected() && (purpose === "analytics" || purpose === "personalisation")) return false
    if (this.choice) return this.choice.purposes[purpose] ?? false
    return this.defaults?.[purpose]?.granted ?? false
  }

  /** Somebody has already answered for this browser: no need to ask. */
  get answered(): boolean {
    if (this.choice || this.options.objected()) return true
    return Object.values(this.defaults ?? {}).some((state) => state.decided_at !== null)
  }

  /** false while the country's default may still grant what is not granted yet. */
  get known(): boolean {
    return this.choice !== undefined || this.defaults !== undefined || this.options.objected()
  }

  /** The server knows the user's answer, or there is none to know. */
  get told(): boolean {
    return this.choice?.sent ?? true
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener)
  }

  /** Asks for the country's defaults when the user has not answered yet. Without an answer nothing is granted. */
  async load(): Promise<void> {
    if (this.choice) {
      await this.sync()
      return
    }
    const { client, identity, country, token } = this.options
    try {
      const query = { visitor_id: identity.visitor, country_code: country() }
      this.defaults = (await client.consents(query, token())).consent
    } catch {
      return
    }
    this.announce()
  }

  async set(purposes: Purposes, source: string): Promise<void> {
    const { identity } = this.options
    const told = this.choice?.sent === true || this.granted("analytics") || this.options.token() !== undefined
    const visitor = identity.visitor
    const merged = { ...this.choice?.purposes, ...purposes }
    this.save({ purposes: merged, source, visitor, sent: !told && !anyGranted(merged) })
    if (!merged.analytics) {
      identity.forget()
      // `forget` gave the browser a new id; a withdrawal is about the old one.
      this.save({ ...this.choice!, visitor })
    }
    this.announce()
    await this.sync()
  }

  /** Tells the server what it does not know yet; resolves to `told`. */
  sync(): Promise<boolean> {
    if (this.told) return Promise.resolve(true)
    this.syncing ??= this.send().finally(() => (this.syncing = undefined))
    return this.syncing
  }

  /** The server withheld events we believed to be agreed to: tell it again. */
  doubt(): void {
    if (this.choice?.sent && anyGranted(this.choice.purposes)) this.save({ ...this.choice, sent: false })
  }

  private async send(): Promise<boolean> {
    const { client, country, token } = this.options
    for (;;) {
      const choice = this.choice
      if (!choice || choice.sent) return true
      try {
        await client.decide(
          {
            visitor_id: choice.visitor,
            country_code: country(),
            purposes: choice.purposes,
            source: choice.source,
          },
          token(),
        )
      } catch {
        return false
      }
      // The user may have answered again while we were telling.
      if (this.choice === choice) this.save({ ...choice, sent: true })
    }
  }

  private save(choice: Choice): void {
    this.choice = choice
    this.options.store.set("consent", choice)
  }

  private announce(): void {
    if (this.granted("analytics")) this.options.identity.keep()
    for (const listener of this.listeners) listener()
  }
}

function anyGranted(purposes: Purposes): boolean {
  return Object.values(purposes).some(Boolean)
}

/** Do Not Track and Global Privacy Control, by whichever name the browser has for them. */
export function objectsToTracking(): boolean {
  const browser = navigator as Navigator & { globalPrivacyControl?: boolean; msDoNotTrack?: string }
  const page = window as Window & { doNotTrack?: string }
  const doNotTrack = browser.doNotTrack ?? page.doNotTrack ?? browser.msDoNotTrack
  return browser.globalPrivacyControl === true || doNotTrack === "1" || doNotTrack === "yes"
}
