/**
 * The processes a launcher starts. Each is the head of a process group of its own, so that Ctrl-C reaches only the
 * launcher, which ends them in order, with everything they started.
 */
import { spawn } from "node:child_process"
import { createWriteStream, mkdirSync } from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { Fault } from "./fault.mjs"

const running = new Set()
const leaveWithParent = pathToFileURL(
  path.resolve(import.meta.dirname, "../../scripts/leave-with-parent.mjs"),
).href

function signalGroup(child, signal) {
  try {
    if (process.platform === "win32") {
      child.kill(signal)
    } else {
      process.kill(-child.pid, signal)
    }
  } catch (error) {
    if (error.code !== "ESRCH") {
      throw error
    }
  }
}

/** Medusa logs in JSON when nobody watches: the message of such a line is what a person wants to read. */
function readable(line) {
  try {
    return JSON.parse(line).message ?? line
  } catch {
    return line
  }
}

/** A fault that shows the end of what a child printed, without what it printed for us alone. */
export function faultOf(what, log, output, lines = 15) {
  const tail = output
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith("::"))
    .slice(-lines)
    .map((line) => `  ${readable(line).slice(0, 300)}`)
    .join("\n")
  const fault = new Fault(`${what}. The end of ${log}:\n${tail}`)
  fault.output = output
  return fault
}

/**
 * Starts `node script args` (or another `command`). Output goes to `log`; `onLine` hears each line of stdout. Answers
 * { ended: Promise<code>, stop(), output() }.
 */
export function start({ script, command, args = [], cwd, env = {}, log, onLine }) {
  mkdirSync(path.dirname(log), { recursive: true })
  const file = createWriteStream(log, { flags: "a" })
  const child = spawn(
    command ?? process.execPath,
    command ? args : ["--import", leaveWithParent, script, ...args],
    {
      cwd,
      env: { ...process.env, ...env },
      stdio: command ? ["ignore", "pipe", "pipe"] : ["ignore", "pipe", "pipe", "ipc"],
      detached: process.platform !== "win32",
      shell: Boolean(command) && process.platform === "win32",
    },
  )
  child.channel?.unref()
  running.add(child)
  let last = ""
  let rest = ""
  const hear = (chunk) => {
    last = (last + chunk).slice(-6000)
    file.write(chunk)
  }
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    hear(chunk)
    if (onLine) {
      const lines = (rest + chunk).split("\n")
      rest = lines.pop()
      lines.forEach((line) => onLine(line))
    }
  })
  child.stderr.setEncoding("utf8").on("data", hear)
  // A full disk must not end the launcher with a stack trace: the child's own failure tells of it.
  file.on("error", () => {})
  const ended = new Promise((resolve) => {
    child.once("error", (error) => {
      last += error.message
      resolve(-1)
    })
    child.once("close", (code) => resolve(code ?? -1))
  }).finally(() => {
    running.delete(child)
    file.end()
  })
  const stop = async (patience = 15_000) => {
    if (child.pid === undefined) {
      return
    }
    signalGroup(child, "SIGTERM")
    const timer = setTimeout(() => signalGroup(child, "SIGKILL"), patience)
    await ended
    clearTimeout(timer)
    // What it started may outlive it.
    signalGroup(child, "SIGKILL")
  }
  return { ended, stop, output: () => last, pid: child.pid }
}

/** Runs one to its end; if it fails, the fault shows the last lines of its output. */
export async function run(options) {
  const child = start(options)
  const code = await child.ended
  if (code !== 0) {
    throw faultOf(`${options.what} failed`, options.log, child.output(), options.tail)
  }
}

/** Ends whatever still runs. */
export async function killAll() {
  for (const child of running) {
    signalGroup(child, "SIGKILL")
  }
}
