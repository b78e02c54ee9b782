/**
 * Builds Medusa's admin with our pages into public/admin, from where `medusa start` serves it when the store runs from
 * source. Skipped while the files it is made of are the same.
 */
import { createHash } from "node:crypto"
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"

const sources = ["admin", "src/types/http", "package.json", "medusa-config.ts"]

function* filesIn(at) {
  for (const entry of readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(at, entry.name)
    if (entry.isDirectory()) {
      yield* filesIn(file)
    } else if (entry.isFile()) {
      yield file
    }
  }
}

function sourceVersion(root) {
  const hash = createHash("sha1")
  for (const source of sources) {
    const at = path.join(root, source)
    for (const file of path.extname(source) ? [at] : filesIn(at)) {
      hash.update(path.relative(root, file)).update(readFileSync(file))
    }
  }
  return hash.digest("hex")
}

const marker = (root) => path.join(root, "public/admin/.source-version")

export function adminIsBuilt(root) {
  return (
    existsSync(path.join(root, "public/admin/index.html")) &&
    existsSync(marker(root)) &&
    readFileSync(marker(root), "utf8") === sourceVersion(root)
  )
}

/** `run` starts one process and waits for it: `run({ what, script, args, cwd, env, log })`. */
export async function buildAdmin(root, { run, log, env = {} }) {
  const version = sourceVersion(root)
  // The bundler copies public/ into what it builds: the last build must not be in it.
  rmSync(path.join(root, "public/admin"), { recursive: true, force: true })
  await run({
    what: "Building the admin",
    script: path.join(root, "node_modules/@medusajs/cli/cli.js"),
    args: ["build", "--admin-only"],
    cwd: root,
    env: { NODE_ENV: "production", MEDUSA_DISABLE_TELEMETRY: "1", ...env },
    log,
  })
  cpSync(path.join(root, ".medusa/admin"), path.join(root, "public/admin"), { recursive: true })
  writeFileSync(marker(root), version)
}
