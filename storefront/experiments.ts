import type { StoreExperimentsAnswer } from "../src/types/http"
import type { MarketingClient } from "./client"

type Arm = StoreExperimentsAnswer["experiments"][number]

/** One storefront experiment, for this shopper. */
export interface Experiment<Settings = Record<string, unknown>> {
  key: string
  /** The arm's key; null: the shopper takes no part, nothing runs under this key, or the backend does not answer. Show the page as it is. */
  arm: string | null
  settings: Settings | null
  /** The arm does without what the experiment is about. */
  off: boolean
  /**
   * Call it where the difference is on the page, in every arm and in the control at the same place: that is who is measured. Once a
   * page is enough; never rejects.
   */
  shown(): void
}

export interface ExperimentsOptions {
  client: MarketingClient
  /** The visitor's id once it may be kept; undefined before. */
  visitor(): string | undefined
  token(): string | undefined
  country(): string | undefined
}

/**
 * The arms of this shopper, asked for once a page and again when somebody signs in or out. Without agreement to analytics there is no visitor
 * to keep an arm for: such a shopper sees the page as it is, and is measured nowhere.
 */
export class Experiments {
  #asked: { who: string; arms: Promise<Map<string, Arm>> } | undefined
  #told = new Set<string>()

  constructor(private readonly options: ExperimentsOptions) {}

  async of<Settings = Record<string, unknown>>(key: string): Promise<Experiment<Settings>> {
    const visitor_id = this.options.visitor()
    const token = this.options.token()
    const arm = visitor_id ? (await this.#armsOf(visitor_id, token)).get(key) : undefined
    if (!arm || !visitor_id) return { key, arm: null, settings: null, off: false, shown: () => undefined }
    return {
      key,
      arm: arm.arm,
      settings: arm.settings as Settings | null,
      off: arm.off,
      shown: () => this.#tell(key, visitor_id, token),
    }
  }

  #armsOf(visitor_id: string, token: string | undefined): Promise<Map<string, Arm>> {
    const who = `${visitor_id}|${token ?? ""}`
    if (this.#asked?.who !== who) {
      const arms = this.options.client
        .experiments({ visitor_id }, token)
        .then(({ experiments }) => new Map(experiments.map((one) => [one.key, one])))
        // A store works on when the plugin does not answer; the next one that asks tries again.
        .catch(() => {
          this.#asked = undefined
          return new Map<string, Arm>()
        })
      this.#asked = { who, arms }
    }
    return this.#asked.arms
  }

  #tell(key: string, visitor_id: string, token: string | undefined): void {
    const told = `${key}|${visitor_id}|${token ?? ""}`
    if (this.#told.has(told)) return
    this.#told.add(told)
    this.options.client
      .exposed({ key, visitor_id, country_code: this.options.country() }, token)
      .catch(() => this.#told.delete(told))
  }
}
