/**
 * Serves the demo shop on loopback:
 *
 *   PORT=8000 MEDUSA_URL=http://localhost:9000 PUBLISHABLE_KEY=pk_… PICTURES_DIR=… OWN_PLACEMENTS=recently_viewed node demo/storefront/server.mjs
 *
 * Everything else a shopper does goes from their browser to Medusa's Store API.
 */
import { readFile } from "node:fs/promises"
import { createServer } from "node:http"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const here = path.dirname(fileURLToPath(import.meta.url))
/** The plugin's own: 5 % of all, and 5 % of the rest. */
const DEFAULT_CONTROL_PERCENT = 9.75

function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [path.join(here, "shop/main.ts")],
    bundle: true,
    minify: true,
    target: "es2020",
    write: false,
  })
  return Buffer.from(outputFiles[0].contents)
}

async function page({ medusaUrl, publishableKey, ownPlacements, controlPercent }) {
  const template = await readFile(path.join(here, "index.html"), "utf8")
  const values = {
    // "<" could end the script element.
    settings: JSON.stringify({ medusaUrl, publishableKey, ownPlacements, controlPercent }).replace(
      /</g,
      "\\u003c",
    ),
    medusaUrl: escapeHtml(medusaUrl),
    publishableKey: escapeHtml(publishableKey),
  }
  return template.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name])
}

const NO_PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="#f0eee4"/><path d="M30 68 45 46l11 14 7-9 10 17z" fill="#d3d0c1"/><circle cx="62" cy="38" r="6" fill="#d3d0c1"/></svg>'

/**
 * Resolves to the listening server; `port` 0 takes a free one. `ownPlacements`: handles of placements that the merchant
 * has made, of which this shop shows "recently_viewed". `controlPercent`: how many of 100 browsers are shown no recommendations.
 */
export async function startShop({
  port = 0,
  medusaUrl,
  publishableKey,
  picturesDir,
  ownPlacements = [],
  controlPercent = DEFAULT_CONTROL_PERCENT,
}) {
  const [script, html, style] = await Promise.all([
    bundle(),
    page({ medusaUrl: medusaUrl.replace(/\/+$/, ""), publishableKey, ownPlacements, controlPercent }),
    readFile(path.join(here, "style.css")),
  ])
  const server = createServer((req, res) => {
    answer(req.url ?? "/").then(
      ([status, type, body]) => {
        const picture = type === "image/svg+xml"
        res.writeHead(status, {
          "content-type": type,
          "cache-control": picture ? "public, max-age=86400" : "no-cache",
          "x-content-type-options": "nosniff",
          // A picture opened by itself must not run anything.
          ...(picture ? { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" } : {}),
          // The admin, on another origin, shows the same pictures.
          "cross-origin-resource-policy": "cross-origin",
        })
        res.end(req.method === "HEAD" ? undefined : body)
      },
      () => res.writeHead(500).end(),
    )
  })

  async function answer(url) {
    const { pathname } = new URL(url, "http://shop")
    if (pathname === "/shop.js") return [200, "text/javascript; charset=utf-8", script]
    if (pathname === "/style.css") return [200, "text/css; charset=utf-8", style]
    const picture = /^\/pictures\/([\w-]+)\.svg$/.exec(pathname)
    if (picture) return [200, "image/svg+xml", await drawn(picture[1])]
    // Anything with an extension is a file we do not have; all else is a page of the shop.
    if (/\.\w+$/.test(pathname)) return [404, "text/plain", "Not found"]
    return [200, "text/html; charset=utf-8", html]
  }

  async function drawn(handle) {
    if (!picturesDir) return NO_PICTURE
    try {
      return await readFile(path.join(picturesDir, `${handle}.svg`))
    } catch (error) {
      if (error.code === "ENOENT") return NO_PICTURE
      throw error
    }
  }

  await new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", resolve)
  })
  return server
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {
    PORT = "8000",
    MEDUSA_URL,
    PUBLISHABLE_KEY,
    PICTURES_DIR,
    OWN_PLACEMENTS = "",
    CONTROL_PERCENT,
  } = process.env
  if (!MEDUSA_URL || !PUBLISHABLE_KEY) {
    console.error(
      "The demo shop needs MEDUSA_URL and PUBLISHABLE_KEY, e.g. MEDUSA_URL=http://localhost:9000 PUBLISHABLE_KEY=pk_…",
    )
    process.exit(1)
  }
  try {
    const server = await startShop({
      port: Number(PORT),
      medusaUrl: MEDUSA_URL,
      publishableKey: PUBLISHABLE_KEY,
      picturesDir: PICTURES_DIR,
      ownPlacements: OWN_PLACEMENTS.split(",").filter(Boolean),
      controlPercent: CONTROL_PERCENT ? Number(CONTROL_PERCENT) : undefined,
    })
    console.log(`The demo shop is at http://localhost:${server.address().port}`)
    for (const signal of ["SIGINT", "SIGTERM"]) {
      process.once(signal, () => {
        server.close()
        server.closeAllConnections()
      })
    }
  } catch (error) {
    const taken = error.code === "EADDRINUSE"
    console.error(taken ? `Port ${PORT} is taken. Choose another with PORT=…` : String(error))
    process.exit(1)
  }
}
