/**
 * Databases for specs that start a server of their own. Host and login come from DB_HOST, DB_PORT, DB_USERNAME and
 * DB_PASSWORD, which `npm test` sets.
 *
 *   databaseUrl(name)              -> "postgres://…/name"
 *   createDatabase(name, template?)   drops an older one first
 *   dropDatabase(name)
 *   query(name, sql, params?)      -> rows
 */
import { Client } from "@medusajs/framework/pg"

const host = process.env.DB_HOST ?? "127.0.0.1"
const port = Number(process.env.DB_PORT ?? 5432)
const user = process.env.DB_USERNAME ?? "postgres"
const password = process.env.DB_PASSWORD ?? ""

export function databaseUrl(name: string): string {
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${name}`
}

export async function query<T extends object = Record<string, unknown>>(
  database: string,
  sql: string,
  params: unknown[] = [],
): Promise<T[]> {
  const client = new Client({ host, port, user, password, database })
  await client.connect()
  try {
    return (await client.query(sql, params)).rows as T[]
  } finally {
    await client.end()
  }
}

export async function dropDatabase(name: string): Promise<void> {
  await query("postgres", `drop database if exists "${name}" with (force)`)
}

export async function createDatabase(name: string, template = "template1"): Promise<void> {
  await dropDatabase(name)
  await query("postgres", `create database "${name}" template "${template}"`)
}

export async function databaseExists(name: string): Promise<boolean> {
  return (await query("postgres", "select 1 from pg_database where datname = $1", [name])).length > 0
}

/** Runs `work` while no other process holds the lock of this name. */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const client = new Client({ host, port, user, password, database: "postgres" })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext($1))", [name])
    return await work()
  } finally {
    await client.end()
  }
}
