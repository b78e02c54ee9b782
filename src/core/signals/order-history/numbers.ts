/**
 * Numbers as shops write them: "2.55", "1,234.50", "1.234,50", "£2.55", "(3)", "1 000". Whether a lone comma
 * is a decimal sign or a thousands sign ("1,234") only the whole file can tell: `NumberEvidence` gathers it.
 */
export type DecimalSign = "." | ","

export class NumberEvidence {
  private comma = 0
  private point = 0

  /** Costs nothing for plain numbers: only texts with a comma, or with a point before three digits, say anything. */
  see(text: string): void {
    const comma = text.lastIndexOf(",")
    const point = text.lastIndexOf(".")
    if (comma < 0 && point < 0) {
      return
    }
    if (comma >= 0 && point >= 0) {
      this.count(comma > point ? "," : ".")
      return
    }
    const sign = comma >= 0 ? "," : "."
    const last = Math.max(comma, point)
    const alone = text.indexOf(sign) === last
    const after = digitsAfter(text, last)
    if (!alone) {
      this.count(sign === "," ? "." : ",")
    } else if (after !== 3) {
      this.count(sign)
    }
  }

  get decimal(): DecimalSign {
    return this.comma > this.point ? "," : "."
  }

  private count(decimal: DecimalSign): void {
    if (decimal === ",") {
      this.comma++
    } else {
      this.point++
    }
  }
}

/** NaN when the text is not a number. */
export function parseNumber(text: string, decimal: DecimalSign): number {
  const plain = parsePlain(text)
  if (!Number.isNaN(plain) && (decimal === "." || text.indexOf(".") < 0)) {
    return plain
  }
  let trimmed = text.trim().replace(/^[\p{Sc}\s]+|[\p{Sc}\s]+$/gu, "")
  let negative = false
  if (/^\(.*\)$/.test(trimmed)) {
    negative = true
    trimmed = trimmed.slice(1, -1)
  }
  if (/^[-\u2212]/.test(trimmed)) {
    negative = !negative
    trimmed = trimmed.slice(1).replace(/^[\p{Sc}\s]+/u, "")
  }
  const thousands = decimal === "." ? /[,\s'\u2019]/g : /[.\s'\u2019]/g
  const sign = decimal === "." ? "." : ","
  const parts = trimmed.split(sign)
  if (parts.length > 2) {
    return NaN
  }
  const whole = parts[0]
  // A lone sign that would group digits must group three of them: "12.5" is no thousand, it is twelve and a half.
  if (/[.,]/.test(whole) && !/^\d{1,3}([.,\s'\u2019]\d{3})+$/.test(whole)) {
    return parts.length === 1
      ? parsePlain(negative ? `-${whole.replace(",", ".")}` : whole.replace(",", "."))
      : NaN
  }
  const digits = whole.replace(thousands, "") + (parts.length === 2 ? `.${parts[1]}` : "")
  const value = /^\d*\.?\d+$|^\d+\.$/.test(digits) ? Number(digits) : NaN
  return negative ? -value : value
}

/** The fast path: digits, one point, a leading minus, nothing else. NaN for all other texts. */
function parsePlain(text: string): number {
  let digits = 0
  let points = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) {
      digits++
    } else if (code === 46) {
      points++
    } else if (!(code === 45 && i === 0)) {
      return NaN
    }
  }
  return digits > 0 && points <= 1 ? Number(text) : NaN
}

function digitsAfter(text: string, from: number): number {
  let count = 0
  for (let i = from + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) {
      count++
    }
  }
  return count
}
