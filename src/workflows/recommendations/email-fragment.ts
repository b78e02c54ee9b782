/** One product of an e-mail, ready to be written. */
export interface EmailProduct {
  title: string
  /** Absolute; null: none. */
  image: string | null
  price: string | null
  reason: string
  link: string
}

const TABLE = "width:100%;max-width:600px;border-collapse:collapse;font-family:Arial,Helvetica,sans-serif"
const CELL = "padding:12px 8px;border-bottom:1px solid #e5e7eb;vertical-align:top"
const LINK = "color:#111827;text-decoration:none"
const SMALL = "margin:4px 0 0;font-size:13px;line-height:18px;color:#6b7280"

/**
 * A table with inline styles, since that is what mail programs agree on; it stands inside the shop's own mail. Everything
 * that comes from the catalogue is escaped.
 */
export function emailHtml(products: readonly EmailProduct[]): string {
  const rows = products.map(({ title, image, price, reason, link }) => {
    const picture = image
      ? `<a href="${escape(link)}"><img src="${escape(image)}" alt="" width="96" style="display:block;width:96px;height:auto;border:0"></a>`
      : ""
    const amount = price ? `<p style="margin:4px 0 0;font-size:15px;color:#111827">${escape(price)}</p>` : ""
    return [
      `<tr><td style="${CELL};width:96px">${picture}</td>`,
      `<td style="${CELL}"><a href="${escape(link)}" style="${LINK}"><strong style="font-size:16px">${escape(title)}</strong></a>`,
      `${amount}<p style="${SMALL}">${escape(reason)}</p></td></tr>`,
    ].join("")
  })
  return `<table role="presentation" cellpadding="0" cellspacing="0" style="${TABLE}"><tbody>${rows.join("")}</tbody></table>`
}

/** The same for mail programs that show plain text. */
export function emailText(products: readonly EmailProduct[]): string {
  return products
    .map(({ title, price, reason, link }) =>
      [
        [title, price]
          .filter(Boolean)
          .map((part) => oneLine(part!))
          .join(" – "),
        oneLine(reason),
        link,
      ].join("\n"),
    )
    .join("\n\n")
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim()
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter])
}
