/**
 * The process between a launcher and its Postgres: makes the data folder, starts the server, and stops it when the
 * launcher says so or is gone, so that a killed launcher leaves no database running. In a process group of its own, so
 * that Ctrl-C reaches the database last.
 *
 * Sends { state: "making" }, { state: "ready", port }, { state: "failed", reason, output }.
 */
import { spawn } from "node:child_process"
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { once } from "node:events"
import path from "node:path"

// By message and not by argument: arguments are there for everybody on the machine to read.
const [{ binaries, place, user, password, port, account, settings }] = await once(process, "message")
const data = path.join(place, "data")
const env = { ...process.env, LC_ALL: "C", LC_MESSAGES: "C", TZ: "UTC" }

let server = null
let stopping = false
let output = ""

const tell = (message) => process.connected && process.send(message)

function run(command, args, onText = () => {}) {
  const child = spawn(command, args, {
    ...(account ?? {}),
    cwd: place,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  })
  const hear = (chunk) => {
    const text = chunk.toString()
    process.stdout.write(text)
    output = (output + text).slice(-4000)
    onText(text)
  }
  child.stdout.on("data", hear)
  child.stderr.on("data", hear)
  return child
}

function own(file) {
  if (account) {
    chownSync(file, account.uid, account.gid)
  }
}

/** Made beside its final place and then moved there, so that an interrupted start leaves no half-made folder behind. */
async function makeDataFolder() {
  tell({ state: "making" })
  const making = path.join(place, "making")
  const secret = path.join(place, "password")
  rmSync(making, { recursive: true, force: true })
  writeFileSync(secret, password, { mode: 0o600 })
  own(secret)
  try {
    const code = await new Promise((resolve) => {
      run(binaries.initdb, [
        `--pgdata=${making}`,
        `--username=${user}`,
        `--pwfile=${secret}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
      ]).once("close", resolve)
    })
    if (code !== 0) {
      throw new Error("its data folder could not be made")
    }
    renameSync(making, data)
  } finally {
    rmSync(secret, { force: true })
  }
}

async function start() {
  mkdirSync(place, { recursive: true, mode: 0o700 })
  own(place)
  if (!existsSync(path.join(data, "PG_VERSION"))) {
    await makeDataFolder()
  }
  const flags = Object.entries({
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port,
    ...settings,
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  await new Promise((resolve, reject) => {
    server = run(binaries.postgres, ["-D", data, ...flags], () => {
      if (output.includes("ready to accept connections")) {
        resolve()
      }
    })
    server.once("error", reject)
    server.once("close", () => reject(new Error("it ended while starting")))
  })
  server.once("close", () => {
    if (!stopping) {
      tell({ state: "failed", reason: "it ended by itself", output })
    }
    process.exit(stopping ? 0 : 1)
  })
  tell({ state: "ready", port })
}

function stop() {
  if (stopping) {
    return
  }
  stopping = true
  if (!server || server.exitCode !== null) {
    process.exit(0)
  }
  // SIGINT: clients are cut off, what is committed is kept. SIGQUIT only if that takes too long.
  server.kill("SIGINT")
  setTimeout(() => server.kill("SIGQUIT"), 20_000).unref()
}

process.on("SIGTERM", stop)
process.on("SIGINT", stop)
process.on("SIGHUP", stop)
process.on("disconnect", stop)

try {
  await start()
} catch (error) {
  tell({ state: "failed", reason: error.message, output })
  process.exitCode = 1
  process.disconnect?.()
}
