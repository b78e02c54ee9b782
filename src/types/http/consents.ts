export const PURPOSES = [
  "analytics",
  "personalisation",
  "marketing_email",
  "marketing_sms",
  "marketing_push",
] as const
/** analytics: the browsing log. personalisation: profiles, models, personal offers. marketing_*: messages by channel. */
export type Purpose = (typeof PURPOSES)[number]

export interface PurposeState {
  granted: boolean
  /** Where the answer came from: a banner, an account page, an import, or the country's default rule. */
  source: string
  /** ISO 8601; null while only the default rule speaks. */
  decided_at: string | null
}

/** `GET` and `POST /store/marketing/consents` answer with this. */
export interface ConsentAnswer {
  consent: Record<Purpose, PurposeState>
  country_code: string | null
}

/** Body of `POST /store/marketing/consents`. Purposes left out keep their state. */
export interface ConsentBody {
  visitor_id: string
  country_code?: string
  purposes: Partial<Record<Purpose, boolean>>
  /** e.g. "banner", "account page"; at most 60 characters. */
  source?: string
}

/** One country's defaults (`country_code: "*"` for all others). Opt-in unless the merchant changes it. */
export interface ConsentRule {
  country_code: string
  defaults: Record<Purpose, boolean>
  /** When the merchant confirmed that this rule also covers past customers; null = not confirmed, treated as opt-in. */
  confirmed_at: string | null
}

/** `GET /admin/marketing/consent-rules` */
export interface ConsentRulesAnswer {
  consent_rules: ConsentRule[]
  count: number
  offset: number
  limit: number
}

/** `POST /admin/marketing/consent-rules` creates or replaces one country's rule; `DELETE …/:country_code` removes it. */
export interface ConsentRuleBody {
  country_code: string
  defaults: Partial<Record<Purpose, boolean>>
  /** true: "I confirm that our privacy notice allows this for customers we already have." */
  confirmed: boolean
}
