import { fork } from "node:child_process"
import { mkdirSync, openSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import { createInterface } from "node:readline"
import type { StoreFixture } from "../../integration-tests/set-up/store"

const root = path.resolve(__dirname, "../..")
const home = path.join(root, ".medusa-bench")

export interface YardstickStore {
  url: string
  store: StoreFixture
  database_url: string
  pid: number
  stop(): Promise<void>
}

interface Postgres {
  url(database: string): string
  stop(): Promise<void>
}

/** A store with the yardstick routes, over a Postgres with its usual durability (fsync on). */
export async function startYardstick(
  env: Record<string, string> = {},
  name = "marketing_bench",
): Promise<YardstickStore> {
  mkdirSync(path.join(home, "logs"), { recursive: true })
  const postgres = await startPostgres()
  const databaseUrl = postgres.url(name)
  await migrate(databaseUrl)
  const log = openSync(path.join(home, "logs", "server.log"), "w")
  const child = fork(path.join(__dirname, "server.ts"), {
    cwd: root,
    execArgv: ["-r", createRequire(__filename).resolve("ts-node/register/transpile-only")],
    env: environment(databaseUrl, env),
    stdio: ["ignore", "pipe", log, "ipc"],
  })
  const answer = await new Promise<{ url: string; store: StoreFixture }>((resolve, reject) => {
    child.once("exit", (code) =>
      reject(new Error(`the store ended with ${code}; see .medusa-bench/logs/server.log`)),
    )
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (line.startsWith('{"url"')) resolve(JSON.parse(line) as { url: string; store: StoreFixture })
    })
  })
  return {
    ...answer,
    database_url: databaseUrl,
    pid: child.pid!,
    stop: async () => {
      const gone = new Promise((resolve) => child.once("exit", resolve))
      child.kill("SIGKILL")
      await gone
      await postgres.stop()
    },
  }
}

export function environment(databaseUrl: string, env: Record<string, string>): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    JWT_SECRET: "bench",
    COOKIE_SECRET: "bench",
    LOG_LEVEL: "warn",
    MEDUSA_DISABLE_TELEMETRY: "1",
    INTAKE_REQUESTS_PER_MINUTE: "100000000",
    ...env,
  }
}

/** With its usual durability (fsync on). */
export async function startPostgres(): Promise<Postgres> {
  const { startEmbedded } = (await import("../../demo/database/embedded.mjs" as string)) as {
    startEmbedded(
      options: object,
    ): Promise<{ host: string; port: number; user: string; password: string; stop(): Promise<void> }>
  }
  const database = await startEmbedded({ home, log: path.join(home, "logs", "postgres.log"), settings: {} })
  const login = `${database.user}:${encodeURIComponent(database.password)}`
  return {
    url: (name) => `postgres://${login}@${database.host}:${database.port}/${name}`,
    stop: () => database.stop(),
  }
}

/** Makes the database, with its tables, unless it is there. */
export async function migrate(databaseUrl: string): Promise<void> {
  const { Client } = createRequire(__filename)(
    "@medusajs/framework/pg",
  ) as typeof import("@medusajs/framework/pg")
  const name = new URL(databaseUrl).pathname.slice(1)
  const client = new Client({ connectionString: databaseUrl.replace(/\/[^/]*$/, "/postgres") })
  await client.connect()
  const there = (await client.query("select 1 from pg_database where datname = $1", [name])).rowCount! > 0
  if (!there) await client.query(`create database "${name}"`)
  await client.end()
  if (there) return
  const child = fork(createRequire(__filename).resolve("@medusajs/cli/cli.js"), ["db:migrate"], {
    cwd: root,
    env: environment(databaseUrl, {}),
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  const code = await new Promise((resolve) => child.once("exit", resolve))
  if (code !== 0) throw new Error(`db:migrate ended with ${String(code)}`)
}
