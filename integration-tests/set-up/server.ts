/**
 * Medusa as a process of its own, as a merchant runs it: for browser, packaging and kill tests.
 *
 *   openStore(name, options?)  -> RunningStore    a fresh copy of the fixture store with a server in front of it
 *   startMedusa(options)       -> RunningMedusa   `medusa start` on a free port, answered when it is healthy
 *   runMedusa(args, options)   -> output          any other command, e.g. ["db:migrate"]
 *   spawnMedusa(args, options) -> { ended, kill }  the same, for one that is not waited for
 *
 * `stop()` asks with SIGTERM and waits; `kill()` is kill -9. Both end the whole process group. Every `afterAll` must
 * stop what it started.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdirSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { createDatabase, databaseExists, databaseUrl, dropDatabase, query, withLock } from "./databases"
import type { StoreFixture } from "./store"

export const root = path.resolve(__dirname, "../..")
const scratch = path.join(root, ".medusa-test")
/** Ends a server whose spec was killed. */
const leaveWithParent = ["--import", pathToFileURL(path.join(root, "scripts/leave-with-parent.mjs")).href]

export interface MedusaOptions {
  databaseUrl: string
  /** The store's folder; this repository unless said otherwise. */
  cwd?: string
  env?: Record<string, string>
  /** Name of its log file in .medusa-test/logs. */
  log?: string
  port?: number
}

export interface RunningMedusa {
  url: string
  port: number
  pid: number
  logFile: string
  stop(): Promise<void>
  kill(): Promise<void>
}

export interface RunningStore extends RunningMedusa {
  store: StoreFixture
  database: string
  databaseUrl: string
}

function environment({ databaseUrl, env }: MedusaOptions, port?: number): NodeJS.ProcessEnv {
  const inherited = { ...process.env }
  // jest's own flags would make the child load every module twice as slowly, or refuse it.
  delete inherited.NODE_OPTIONS
  delete inherited.JEST_WORKER_ID
  return {
    ...inherited,
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    JWT_SECRET: "test-jwt-secret",
    COOKIE_SECRET: "test-cookie-secret",
    LOG_LEVEL: "warn",
    MEDUSA_DISABLE_TELEMETRY: "1",
    ...(port ? { PORT: String(port) } : {}),
    ...env,
  }
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

function medusaCommand(cwd: string): string {
  return require.resolve("@medusajs/cli/cli.js", { paths: [cwd] })
}

function logPath(name: string): string {
  mkdirSync(path.join(scratch, "logs"), { recursive: true })
  return path.join(scratch, "logs", `${name}.log`)
}

const tail = (file: string) => readFileSync(file, "utf8").split("\n").slice(-40).join("\n")

function exited(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve(child.exitCode ?? -1)
      return
    }
    child.once("exit", (code) => resolve(code ?? -1))
  })
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error
    }
  }
}

export async function runMedusa(args: string[], options: MedusaOptions): Promise<string> {
  const { ended, logFile } = spawnMedusa(args, options)
  const code = await ended
  if (code !== 0) {
    throw new Error(`medusa ${args.join(" ")} ended with ${code}:\n${tail(logFile)}`)
  }
  return readFileSync(logFile, "utf8")
}

/** A command that can be killed on its way. `ended` is its exit code, -1 of one that was killed. */
export function spawnMedusa(
  args: string[],
  options: MedusaOptions,
): { ended: Promise<number>; logFile: string; kill(): void } {
  const cwd = options.cwd ?? root
  const logFile = logPath(options.log ?? args[0].replace(/\W/g, "-"))
  const fd = openSync(logFile, "w")
  const child = spawn(process.execPath, [...leaveWithParent, medusaCommand(cwd), ...args], {
    cwd,
    env: environment(options),
    stdio: ["ignore", fd, fd, "ipc"],
    detached: true,
  })
  return { ended: exited(child), logFile, kill: () => signalGroup(child.pid as number, "SIGKILL") }
}

export async function startMedusa(options: MedusaOptions): Promise<RunningMedusa> {
  const cwd = options.cwd ?? root
  const port = options.port ?? (await freePort())
  const file = logPath(options.log ?? `server-${port}`)
  const fd = openSync(file, "a")
  const child = spawn(
    process.execPath,
    [...leaveWithParent, medusaCommand(cwd), "start", "--host", "127.0.0.1", "--port", String(port)],
    {
      cwd,
      env: environment(options, port),
      stdio: ["ignore", fd, fd, "ipc"],
      detached: true,
    },
  )
  const pid = child.pid as number
  const end = async (signal: NodeJS.Signals) => {
    signalGroup(pid, signal)
    const patience = setTimeout(() => signalGroup(pid, "SIGKILL"), 20_000)
    await exited(child)
    clearTimeout(patience)
    signalGroup(pid, "SIGKILL")
  }
  const url = `http://127.0.0.1:${port}`
  const deadline = Date.now() + 120_000
  while (!(await healthy(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await end("SIGKILL")
      throw new Error(`Medusa did not start:\n${tail(file)}`)
    }
    await sleep(150)
  }
  return { url, port, pid, logFile: file, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") }
}

async function healthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}

/** Names the state of the schema: what has to be migrated again when it changes. */
function schemaVersion(): string {
  const hash = createHash("sha1")
  for (const word of readdirSync(path.join(root, "migrations")).sort()) {
    for (const file of readdirSync(path.join(root, "migrations", word)).sort()) {
      hash.update(file).update(readFileSync(path.join(root, "migrations", word, file)))
    }
  }
  hash.update(readFileSync(path.join(root, "package.json")))
  for (const file of ["base-store.ts", "store.ts"]) hash.update(readFileSync(path.join(__dirname, file)))
  return hash.digest("hex").slice(0, 10)
}

/** Migrating and filling a store takes half a minute, copying one a blink: so it is done once and then copied. */
async function fixtureDatabase(): Promise<{ template: string; store: StoreFixture }> {
  const template = `marketing_fixture_${schemaVersion()}`
  return withLock(template, async () => {
    const file = path.join(scratch, `${template}.json`)
    mkdirSync(scratch, { recursive: true })
    if (!(await databaseExists(template))) {
      const making = `${template}_making`
      await createDatabase(making)
      await runMedusa(["db:migrate"], { databaseUrl: databaseUrl(making), log: "fixture-migrate" })
      rmSync(file, { force: true })
      await runMedusa(["exec", "./integration-tests/set-up/base-store.ts", file], {
        databaseUrl: databaseUrl(making),
        log: "fixture-store",
      })
      await query(making, "create table public.marketing_fixture (store text)")
      await query(making, "insert into public.marketing_fixture values ($1)", [readFileSync(file, "utf8")])
      await query("postgres", `alter database "${making}" rename to "${template}"`)
    }
    const [row] = await query<{ store: string }>(template, "select store from public.marketing_fixture")
    return { template, store: JSON.parse(row.store) as StoreFixture }
  })
}

export async function openStore(name: string, options: Partial<MedusaOptions> = {}): Promise<RunningStore> {
  const { template, store } = await fixtureDatabase()
  const database = `marketing_${name}`
  await withLock(template, () => createDatabase(database, template))
  const url = databaseUrl(database)
  const medusa = await startMedusa({ log: name, ...options, databaseUrl: url })
  return {
    ...medusa,
    store,
    database,
    databaseUrl: url,
    stop: async () => {
      await medusa.stop()
      await dropDatabase(database)
    },
  }
}
