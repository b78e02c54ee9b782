/** Bundles storefront/index.ts: one script for a <script> tag, one module for an import. */
import path from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = path.resolve(import.meta.dirname, "..")

export async function buildStorefront(outDir) {
  const shared = {
    entryPoints: [path.join(root, "storefront/index.ts")],
    bundle: true,
    minify: true,
    target: "es2020",
    legalComments: "none",
    logLevel: "error",
  }
  await Promise.all([
    build({ ...shared, format: "iife", outfile: path.join(outDir, "storefront.js") }),
    build({ ...shared, format: "esm", outfile: path.join(outDir, "storefront.mjs") }),
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildStorefront(process.argv[2] ?? path.join(root, "storefront-dist"))
}
