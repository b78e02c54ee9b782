/**
 * `npm test`: sets up what the specs need, checks style and types, and runs every spec in one jest, whose summary is the
 * last thing printed and whose exit code is ours.
 *
 *   npm test                            everything but *.long.spec.ts
 *   npm test -- src/core -t "shrunk"    only these specs (and jest's own options); no style and type checks
 *   npm run test:long                   only *.long.spec.ts
 *
 * DATABASE_URL, or DB_HOST, DB_PORT, DB_USERNAME and DB_PASSWORD, name a Postgres that may be filled with databases for
 * testing; without them one is started in .medusa-test. CHROME_PATH names a Chromium.
 */
import { spawn } from "node:child_process"
import { mkdirSync, rmSync } from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { killAll, run } from "../demo/run/children.mjs"
import { sentenceOf } from "../demo/run/fault.mjs"
import { checkNode, ensureDependencies } from "../demo/run/install.mjs"
import { say, step } from "../demo/run/progress.mjs"
import { deleteEmbedded, startEmbedded } from "../demo/database/embedded.mjs"
import { adminIsBuilt, buildAdmin } from "../scripts/build-admin.mjs"
import { ensureLinks } from "../scripts/links.mjs"
import { ensureChromium } from "./set-up/chromium.mjs"

const root = path.resolve(import.meta.dirname, "..")
const home = path.join(root, ".medusa-test")
const log = (name) => path.join(home, "logs", `${name}.log`)

const flags = process.argv.slice(2)
const long = flags.includes("--long")
const jestFlags = flags.filter((flag) => flag !== "--long")
const paths = jestFlags.filter((flag) => !flag.startsWith("-"))
/** Whether specs of this kind may run: all of them do unless paths were given. */
const mayRun = (...kinds) => paths.length === 0 || paths.some((at) => kinds.some((kind) => at.includes(kind)))

let database = null
let jest = null
let stopping = false

async function stopAll(code) {
  if (stopping) {
    return
  }
  stopping = true
  if (jest && jest.exitCode === null) {
    const ended = new Promise((resolve) => jest.once("exit", resolve))
    signalJest("SIGTERM")
    const timer = setTimeout(() => signalJest("SIGKILL"), 10_000)
    await ended
    clearTimeout(timer)
  }
  killAll()
  await database?.stop()
  process.exit(code)
}

function signalJest(signal) {
  try {
    process.kill(process.platform === "win32" ? jest.pid : -jest.pid, signal)
  } catch (error) {
    if (error.code !== "ESRCH") {
      throw error
    }
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => void stopAll(130))
}

/** Address and login of the databases for testing, as Medusa's test utilities want them. */
async function databaseEnvironment() {
  if (process.env.DB_HOST) {
    return {}
  }
  if (process.env.DATABASE_URL) {
    const url = new URL(process.env.DATABASE_URL)
    return {
      DB_HOST: url.hostname === "127.0.0.1" ? "localhost" : url.hostname,
      DB_PORT: url.port || "5432",
      DB_USERNAME: decodeURIComponent(url.username) || "postgres",
      DB_PASSWORD: decodeURIComponent(url.password),
    }
  }
  database = await step("Starting Postgres", startPostgres)
  return {
    // Medusa's test utilities switch TLS on for any host that is not called so.
    DB_HOST: "localhost",
    DB_PORT: String(database.port),
    DB_USERNAME: database.user,
    DB_PASSWORD: database.password,
  }
}

async function startPostgres() {
  const options = {
    home,
    log: log("postgres"),
    // Nothing in it has to survive a crash of the machine.
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: 200 },
  }
  try {
    return await startEmbedded(options)
  } catch {
    // Such a database may not survive one either: it is made again.
    deleteEmbedded(home)
    return startEmbedded(options)
  }
}

/** Style, types and builds, two at a time. Answers the names of those that failed; each has shown why. */
async function checkAndBuild() {
  const failed = []
  const attempt = (name, title, task) => {
    return step(title, task).catch((error) => {
      failed.push(name)
      say(sentenceOf(error))
    })
  }
  const npm = (name, script) => () => {
    const npmScript = process.env.npm_execpath
    const launch = npmScript?.endsWith(".js") ? { script: npmScript } : { command: "npm" }
    return run({
      what: name,
      ...launch,
      args: ["run", "--silent", script],
      cwd: root,
      log: log(script),
      tail: 60,
    })
  }
  if (paths.length === 0 && !long) {
    const types = npm("The type check", "typecheck")()
    types.catch(() => {})
    await attempt("lint", "Checking style and imports", npm("The style check", "lint"))
    await attempt("types", "Checking types", () => types)
  }
  if (mayRun("packaging", "browser")) {
    // One after the other: both bundle the admin, and the bundler copies public/, which one of them writes.
    const script = path.join(root, "scripts/build.mjs")
    const plugin = () => run({ what: "Building the plugin", script, cwd: root, log: log("build"), tail: 40 })
    await attempt("build", "Building the plugin", plugin)
    if (!adminIsBuilt(root)) {
      const admin = () => buildAdmin(root, { run, log: log("build-admin") })
      await attempt("admin", "Building the admin", admin)
    }
  }
  return failed
}

async function main() {
  checkNode(root)
  mkdirSync(path.join(home, "logs"), { recursive: true })
  for (const name of ["lint", "typecheck", "build", "build-admin"]) {
    rmSync(log(name), { force: true })
  }
  await ensureDependencies(root, log("install"))
  ensureLinks(root)
  const chrome = mayRun("packaging", "browser") ? await ensureChromium(root, log("chromium")) : undefined
  const failed = await checkAndBuild()
  const environment = await databaseEnvironment()
  const env = {
    ...process.env,
    ...environment,
    ...(chrome ? { CHROME_PATH: chrome } : {}),
    NODE_ENV: "test",
    NODE_OPTIONS: "--experimental-vm-modules --no-warnings",
    LOG_LEVEL: "error",
    MEDUSA_DISABLE_TELEMETRY: "1",
    MARKETING_FAILED_CHECKS: failed.join(" "),
    MARKETING_LONG_TESTS: long ? "1" : "",
  }
  // Each spec makes databases of its own on that server.
  delete env.DATABASE_URL
  return runJest(env)
}

function runJest(env) {
  const colour = process.stderr.isTTY ? { FORCE_COLOR: "1" } : {}
  const watch = pathToFileURL(path.join(root, "scripts/leave-with-parent.mjs")).href
  const args = [
    "--import",
    watch,
    path.join(root, "node_modules/jest/bin/jest.js"),
    "--forceExit",
    // What Medusa and knex say when a database is put back between two tests would bury the results.
    ...(jestFlags.includes("--verbose") ? [] : ["--silent"]),
    ...jestFlags,
  ]
  jest = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, ...colour },
    stdio: ["ignore", "inherit", "pipe", "ipc"],
    detached: process.platform !== "win32",
  })
  // Medusa keeps handles open, so jest is told to leave, and says so after its summary.
  let rest = ""
  jest.stderr.setEncoding("utf8").on("data", (chunk) => {
    const lines = (rest + chunk).split("\n")
    rest = lines.pop()
    for (const line of lines) {
      if (!line.includes("Force exiting Jest")) {
        process.stderr.write(`${line}\n`)
      }
    }
  })
  return new Promise((resolve) => {
    jest.once("close", (code) => {
      if (rest && !rest.includes("Force exiting Jest")) {
        process.stderr.write(rest)
      }
      resolve(code ?? 1)
    })
  })
}

try {
  await stopAll(await main())
} catch (error) {
  if (!stopping) {
    say(`\n${sentenceOf(error)}`)
  }
  await stopAll(1)
}
