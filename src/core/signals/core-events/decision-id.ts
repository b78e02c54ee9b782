const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/**
 * The decision a line carries in `metadata.marketing_decision_id`, which any storefront may write:
 * null unless it is a UUID, so that one bad value cannot spoil the batch it is written in.
 */
export function decisionId(value: string | null): string | null {
  return value !== null && UUID.test(value) ? value.toLowerCase() : null
}
