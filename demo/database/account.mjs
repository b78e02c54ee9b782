/**
 * Postgres refuses to run as root, so root lends it an ordinary account, and that account must be able to enter the
 * folders it works in.
 */
import { execFileSync } from "node:child_process"
import { statSync } from "node:fs"
import path from "node:path"

/** Accounts of common systems that own nothing of value, best first. */
const candidates = ["postgres", "node", "nobody"]

function idsOf(name) {
  const id = (flag) => Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }))
  return { uid: id("-u"), gid: id("-g") }
}

/** `{ uid, gid }` to run Postgres as, or null when the current user will do. */
export function databaseAccount(dataFolder) {
  if (process.platform === "win32" || process.getuid() !== 0) {
    return null
  }
  const owner = statSync(dataFolder, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) {
    return { uid: owner.uid, gid: owner.gid }
  }
  for (const name of candidates) {
    try {
      return idsOf(name)
    } catch {
      // This system has no such account: the next one.
    }
  }
  throw new Error("Postgres cannot run as root and found no other account: start this as an ordinary user.")
}

/** The first folder on the way to `folder` that the account may not enter, or null. */
export function closedFolder(folder, account) {
  if (!account) {
    return null
  }
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = statSync(at, { throwIfNoEntry: false })
    if (found && !mayEnter(found, account)) {
      return at
    }
    if (at === path.dirname(at)) {
      return null
    }
  }
}

function mayEnter({ mode, uid, gid }, account) {
  if (uid === account.uid) {
    return (mode & 0o100) !== 0
  }
  return (mode & (gid === account.gid ? 0o010 : 0o001)) !== 0
}
