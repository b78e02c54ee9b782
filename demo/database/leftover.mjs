/** What a killed machine or launcher left in a data folder: a running server of ours, or only its lock file. */
import { execFileSync } from "node:child_process"
import { existsSync, readFileSync, rmSync } from "node:fs"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

function commandOf(pid) {
  try {
    return existsSync("/proc/self/cmdline")
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" })
  } catch {
    return ""
  }
}

/** Stops a server that still runs on `data`; removes a lock file whose process is gone or another program by now. */
export async function stopLeftover(data) {
  const lock = path.join(data, "postmaster.pid")
  if (!existsSync(lock)) {
    return
  }
  const pid = Number.parseInt(readFileSync(lock, "utf8"), 10)
  if (!commandOf(pid).includes(data)) {
    rmSync(lock, { force: true })
    return
  }
  process.kill(pid, "SIGINT")
  for (let waited = 0; existsSync(lock) && waited < 20_000; waited += 100) {
    await sleep(100)
  }
}
