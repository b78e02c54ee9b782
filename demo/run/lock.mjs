/** One demo at a time in one checkout: the lock names the process that runs it. */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs"
import path from "node:path"
import { Fault } from "./fault.mjs"

function alive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === "EPERM"
  }
  // The number may belong to another program by now.
  const command = `/proc/${pid}/cmdline`
  return !existsSync(command) || readFileSync(command, "utf8").includes("start.mjs")
}

/** Takes the lock and answers what gives it back. */
export function takeLock(home) {
  mkdirSync(home, { recursive: true })
  const file = path.join(home, "running")
  for (;;) {
    try {
      const fd = openSync(file, "wx")
      writeSync(fd, String(process.pid))
      closeSync(fd)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (error.code !== "EEXIST") {
        throw error
      }
      const pid = Number(readFileSync(file, "utf8"))
      if (pid && alive(pid)) {
        throw new Fault(`The demo already runs here as process ${pid}: stop that one with Ctrl-C first.`)
      }
      rmSync(file, { force: true })
    }
  }
}
