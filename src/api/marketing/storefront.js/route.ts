import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { createHash } from "node:crypto"
import { readFile, stat } from "node:fs/promises"
import path from "node:path"

const ROOT = path.resolve(__dirname, "../../../..")

/** Where the bundle is in the built plugin, and where `scripts/build-storefront.mjs` leaves it beside the source. */
const PLACES = ["storefront/storefront.js", "storefront-dist/storefront.js"].map((place) =>
  path.join(ROOT, place),
)

interface Script {
  place: string
  modified: number
  body: Buffer
  etag: string
}

let script: Script | undefined

/** The bundle, read again only when the file has changed, so that a rebuild shows without a restart. */
async function readScript(): Promise<Script> {
  for (const place of PLACES) {
    let modified: number
    try {
      modified = (await stat(place)).mtimeMs
    } catch {
      continue
    }
    if (script?.place === place && script.modified === modified) return script
    const body = await readFile(place)
    const etag = `"${createHash("sha1").update(body).digest("base64url")}"`
    script = { place, modified, body, etag }
    return script
  }
  throw new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `The storefront script is not built: none of ${PLACES.join(", ")} exists. Run "node scripts/build-storefront.mjs".`,
  )
}

/** GET /marketing/storefront.js: tracker and web components as one script, for a script tag on any origin. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { body, etag } = await readScript()
  res.set({
    ETag: etag,
    "Cache-Control": "public, max-age=300, stale-while-revalidate=86400",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
  })
  const known = req.headers["if-none-match"]?.split(",").map((tag) => tag.trim().replace(/^W\//, ""))
  if (known?.includes(etag) || known?.includes("*")) {
    res.status(304).end()
    return
  }
  res.type("application/javascript; charset=utf-8").send(body)
}
