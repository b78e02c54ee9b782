/**
 * Medusa looks for the admin in src/admin and for migrations beside each module; the real folders stand at the top.
 * `node scripts/links.mjs` re-creates what is missing, for instance after a checkout without symbolic links;
 * `--check` only says what is wrong.
 */
import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"

const repository = path.resolve(import.meta.dirname, "..")

/** Every link that must exist: `at` is relative to the root, `to` to the link's own folder. */
export function expectedLinks(root = repository) {
  const words = readdirSync(path.join(root, "migrations"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, "src/modules", entry.name)))
    .map((entry) => entry.name)
  return [
    { at: "src/admin", to: "../admin" },
    ...words.map((word) => ({ at: `src/modules/${word}/migrations`, to: `../../../migrations/${word}` })),
  ]
}

/** "ok", "missing", "text" (git wrote the target into a file) or "other" (something of the user's stands there). */
export function stateOf(link, root = repository) {
  const file = path.join(root, link.at)
  const found = lstatSync(file, { throwIfNoEntry: false })
  if (!found) {
    return "missing"
  }
  if (found.isSymbolicLink()) {
    const leadsTo = path.resolve(path.dirname(file), readlinkSync(file))
    return leadsTo === path.resolve(path.dirname(file), link.to) ? "ok" : "other"
  }
  return found.isFile() && readFileSync(file, "utf8").trim() === link.to ? "text" : "other"
}

/** Mends what can be mended and returns the links it made; throws one sentence about what it must not touch. */
export function ensureLinks(root = repository) {
  return expectedLinks(root).filter((link) => {
    const file = path.join(root, link.at)
    const state = stateOf(link, root)
    if (state === "ok") {
      return false
    }
    if (state === "other") {
      throw new Error(
        `${link.at} must be a link to ${link.to}, but something else stands there: move it away.`,
      )
    }
    rmSync(file, { force: true })
    makeLink(link.to, file)
    return true
  })
}

function makeLink(to, file) {
  try {
    symlinkSync(to, file, "dir")
  } catch (error) {
    if (process.platform !== "win32") {
      throw error
    }
    // Windows lets everybody make a junction, but a symbolic link only in developer mode.
    symlinkSync(path.resolve(path.dirname(file), to), file, "junction")
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--check")) {
    const wrong = expectedLinks().filter((link) => stateOf(link) !== "ok")
    for (const link of wrong) {
      console.error(`${link.at} is not a link to ${link.to} (${stateOf(link)})`)
    }
    process.exitCode = wrong.length > 0 ? 1 : 0
  } else {
    for (const link of ensureLinks()) {
      console.log(`${link.at} -> ${link.to}`)
    }
  }
}
