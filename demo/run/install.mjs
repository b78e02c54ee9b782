/** Installs the packages that package.json names when they are not all there in exactly these versions. */
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { run } from "./children.mjs"
import { Fault } from "./fault.mjs"
import { step } from "./progress.mjs"

export function checkNode(root) {
  const [major, minor] = process.versions.node.split(".").map(Number)
  const { engines } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"))
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Fault(`Node ${engines.node} is needed, this is ${process.versions.node}: install a newer one.`)
  }
}

function wanted(root) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"))
  return { ...dependencies, ...devDependencies }
}

const key = (packages) => createHash("sha1").update(JSON.stringify(packages)).digest("hex")

function installed(root, packages) {
  const marker = path.join(root, "node_modules/.marketing-installed")
  if (existsSync(marker) && readFileSync(marker, "utf8") === key(packages)) {
    return true
  }
  const all = Object.entries(packages).every(([name, version]) => {
    const file = path.join(root, "node_modules", name, "package.json")
    return existsSync(file) && JSON.parse(readFileSync(file, "utf8")).version === version
  })
  // npm writes this file last, so a broken-off installation has none.
  const complete = all && existsSync(path.join(root, "node_modules/.package-lock.json"))
  if (complete) {
    writeFileSync(marker, key(packages))
  }
  return complete
}

function countPackages(root) {
  const folder = path.join(root, "node_modules")
  if (!existsSync(folder)) {
    return 0
  }
  const names = readdirSync(folder).filter((name) => !name.startsWith("."))
  const scoped = names.filter((name) => name.startsWith("@"))
  return scoped.reduce((sum, scope) => sum + readdirSync(path.join(folder, scope)).length - 1, names.length)
}

export async function ensureDependencies(root, log) {
  const packages = wanted(root)
  if (installed(root, packages)) {
    return
  }
  await step("Installing packages (two or three minutes)", async (update) => {
    mkdirSync(path.join(root, "node_modules"), { recursive: true })
    const watch = setInterval(() => update(`${countPackages(root)} packages`), 1000)
    try {
      const npm = process.env.npm_execpath
      await run({
        what: "Installing packages",
        ...(npm?.endsWith(".js") ? { script: npm } : { command: "npm" }),
        args: ["install", "--no-audit", "--no-fund", "--no-package-lock"],
        cwd: root,
        // Under `npm test` in a CI, npm would otherwise leave out what building and testing need.
        env: { NODE_ENV: "development", npm_config_production: "false" },
        log,
      })
    } finally {
      clearInterval(watch)
    }
    writeFileSync(path.join(root, "node_modules/.marketing-installed"), key(packages))
    update(`${countPackages(root)} packages`)
  })
}
