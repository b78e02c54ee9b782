/**
 * Lines that are no goods: postage, fees, discounts, corrections, vouchers. Learned from as products they would be
 * "bought together" with everything. Compared without case; a trailing star stands for any ending.
 */
export const SERVICE_SKUS = [
  "POST",
  "POSTAGE",
  "DOT",
  "SHIPPING",
  "SHIP",
  "DELIVERY",
  "CARRIAGE",
  "C2",
  "FREIGHT",
  "HANDLING",
  "FEE",
  "FEES",
  "AMAZONFEE",
  "BANK CHARGES",
  "CRUK",
  "DISCOUNT",
  "D",
  "COUPON",
  "M",
  "MANUAL",
  "S",
  "SAMPLE",
  "SAMPLES",
  "B",
  "ADJUST",
  "ADJUSTMENT",
  "TIP",
  "TAX",
  "VAT",
  "DONATION",
  "GIFTCARD*",
  "GIFT CARD*",
  "GIFT-CARD*",
  "GIFT_CARD*",
  "GIFT_0*",
  "TEST",
] as const

export class ServiceLines {
  private readonly exact = new Set<string>()
  private readonly prefixes: string[] = []

  constructor(skus: readonly string[] = SERVICE_SKUS) {
    for (const sku of skus) {
      const name = sku.trim().toUpperCase()
      if (name.endsWith("*")) {
        this.prefixes.push(name.slice(0, -1))
      } else {
        this.exact.add(name)
      }
    }
  }

  has(sku: string): boolean {
    const name = sku.toUpperCase()
    return this.exact.has(name) || this.prefixes.some((prefix) => name.startsWith(prefix))
  }
}
