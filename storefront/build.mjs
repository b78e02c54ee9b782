/**
 * Bundles the kit into the folder given (default: storefront-dist/): storefront.js for a script tag,
 * storefront.mjs for an import.
 */
import { mkdir } from "node:fs/promises"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const here = path.dirname(fileURLToPath(import.meta.url))

export async function buildStorefront(folder = path.join(here, "..", "storefront-dist")) {
  await mkdir(folder, { recursive: true })
  const shared = {
    entryPoints: [path.join(here, "index.ts")],
    bundle: true,
    minify: true,
    target: "es2020",
    legalComments: "none",
  }
  await Promise.all([
    build({ ...shared, format: "iife", outfile: path.join(folder, "storefront.js") }),
    build({ ...shared, format: "esm", outfile: path.join(folder, "storefront.mjs") }),
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildStorefront(process.argv[2])
