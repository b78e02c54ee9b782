/**
 * What was already done to a database stands in that database, in a schema of the demo's own: a copy of it, or another
 * folder, then knows as much as this one.
 */
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { query } from "./client.mjs"

const table = `
  create schema if not exists marketing_demo;
  create table if not exists marketing_demo.step (name text primary key, version text not null, data jsonb not null)`

/** { migrated: { version, data }, … }; null when the demo has never touched this database. */
export async function readSteps(url) {
  const [{ known }] = await query(url, "select to_regclass('marketing_demo.step') is not null as known")
  if (!known) {
    return null
  }
  const rows = await query(url, "select name, version, data from marketing_demo.step")
  return Object.fromEntries(rows.map(({ name, version, data }) => [name, { version, data }]))
}

export async function markStep(url, name, version, data = {}) {
  await query(url, table)
  await query(
    url,
    `insert into marketing_demo.step values ($1, $2, $3)
     on conflict (name) do update set version = excluded.version, data = excluded.data`,
    [name, version, JSON.stringify(data)],
  )
}

/** True if the database holds tables that the demo did not make. */
export async function holdsForeignTables(url) {
  const [{ tables }] = await query(
    url,
    "select count(*)::int as tables from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  )
  return tables > 0 && (await readSteps(url)) === null
}

/** Changes whenever `medusa db:migrate` could have something to do. */
export function schemaVersion(root) {
  const hash = createHash("sha1")
  for (const word of readdirSync(path.join(root, "migrations")).sort()) {
    const folder = path.join(root, "migrations", word)
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith(".ts"))
      .sort()) {
      hash.update(`${word}/${file}`).update(readFileSync(path.join(folder, file)))
    }
  }
  const links = path.join(root, "src/links")
  for (const file of (existsSync(links) ? readdirSync(links) : [])
    .filter((name) => name.endsWith(".ts"))
    .sort()) {
    hash.update(file).update(readFileSync(path.join(links, file)))
  }
  const medusa = path.join(root, "node_modules/@medusajs/medusa/package.json")
  hash.update(JSON.parse(readFileSync(medusa, "utf8")).version)
  hash.update(readFileSync(path.join(root, "medusa-config.ts")))
  return hash.digest("hex")
}
