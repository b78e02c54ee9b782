import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { followLink } from "../../../../workflows/recommendations/follow-link"

const PAGES = {
  unknown: { status: 404, title: "This link does not lead anywhere", text: "此链接无效" },
  expired: { status: 410, title: "This link has expired", text: "此链接已过期" },
}

/** A link of an e-mail: notes the click and leads on to the product's page. HEAD comes here too, and clicks nothing. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const followed = await followLink(req.scope, req.params.token, Date.now(), req.method === "HEAD")
  res.set({ "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex" })
  if ("to" in followed) {
    res.redirect(302, followed.to)
    return
  }
  const { status, title, text } = PAGES[followed.refused]
  res
    .status(status)
    .set({ "Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff" })
    .type("html")
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head><body><h1>${title}</h1><p lang="zh">${text}</p></body></html>`,
    )
}
