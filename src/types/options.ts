/**
 * Options in medusa-config: secrets and infrastructure only. Whatever a merchant may want to change
 * lives in the admin.
 */
export interface PluginOptions {
  /**
   * Requests a minute that one address may send to `POST /marketing/events`, and to the route of exposures, before it gets 429.
   * @default 600
   */
  intakeRequestsPerMinute?: number
  /**
   * Signs the links of e-mails. When it changes, links that were sent before lead nowhere.
   * @default Medusa's `http.jwtSecret`
   */
  secret?: string
}
