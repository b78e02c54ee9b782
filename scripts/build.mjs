/** `npm run build`: the plugin as it is published, in .medusa/server. */
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { buildStorefront } from "./build-storefront.mjs"
import { ensureLinks } from "./links.mjs"

const root = path.resolve(import.meta.dirname, "..")
const out = path.join(root, ".medusa/server")

ensureLinks()

const medusa = path.join(root, "node_modules/@medusajs/cli/cli.js")
const { status } = spawnSync(process.execPath, [medusa, "plugin:build"], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, MEDUSA_DISABLE_TELEMETRY: "1" },
})
if (status !== 0) {
  process.exit(status ?? 1)
}

// The bundler of the admin takes what lies in public/ for its own: a whole built admin, if the demo ran here before.
const strays = path.join(root, "public")
for (const name of existsSync(strays) ? readdirSync(strays) : []) {
  rmSync(path.join(out, "src/admin", name), { recursive: true, force: true })
}

// After Medusa's build, which empties the folder. Once for the package, once for a store that runs from source.
await buildStorefront(path.join(out, "storefront"))
await buildStorefront(path.join(root, "storefront-dist"))

// Medusa emits the admin's own styles but nothing imports them.
const entry = path.join(out, "src/admin/index.mjs")
if (existsSync(path.join(out, "src/admin/index.css"))) {
  writeFileSync(entry, `import "./index.css";\n${readFileSync(entry, "utf8")}`)
}
