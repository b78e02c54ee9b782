/** The few queries that the launchers make themselves, and faults of a given address in plain words. */
import net from "node:net"
import { Fault } from "../run/fault.mjs"

const example = "postgres://user:password@host:5432/name"
const patience = 5_000

export function parseAddress(text) {
  let url
  try {
    url = new URL(text)
  } catch {
    throw new Fault(`DATABASE_URL is not an address of a Postgres database; it should look like ${example}.`)
  }
  const name = decodeURIComponent(url.pathname.slice(1))
  if (!/^postgres(ql)?:$/.test(url.protocol) || !url.hostname || !name) {
    throw new Fault(`DATABASE_URL is not an address of a Postgres database; it should look like ${example}.`)
  }
  return { host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port || 5432), name }
}

/** The same server, another database. */
export function addressOf(text, name) {
  const url = new URL(text)
  url.pathname = `/${encodeURIComponent(name)}`
  return url.href
}

/** Says within seconds that nobody answers there, before any package is installed. */
export async function checkReachable({ host, port }) {
  await new Promise((resolve, reject) => {
    const fail = (why) => reject(new Fault(`DATABASE_URL: no Postgres answers at ${host}:${port} (${why}).`))
    const socket = net.connect({ host, port })
    socket.setTimeout(patience, () => {
      socket.destroy()
      fail("no answer in 5 seconds")
    })
    socket.once("error", (error) => fail(error.code ?? error.message))
    socket.once("connect", () => {
      socket.destroy()
      resolve()
    })
  })
}

async function connect(url) {
  // Installed only by now.
  const { default: pg } = await import("@medusajs/framework/pg")
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patience })
  client.on("error", () => {})
  await client.connect()
  return client
}

export async function query(url, sql, params = []) {
  const client = await connect(url)
  try {
    return (await client.query(sql, params)).rows
  } finally {
    await client.end()
  }
}

function refused(error, { host, port, name }) {
  const reasons = {
    "28P01": "the user name or the password is wrong",
    28000: "this user may not log in from here",
    "3D000": `it has no database "${name}" and this user may not create it`,
    42501: `this user may not create the database "${name}"`,
    53300: "it has no free connection",
  }
  return new Fault(
    `DATABASE_URL: the Postgres at ${host}:${port} refused: ${reasons[error.code] ?? error.message}.`,
  )
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`

/** Makes the database if it is not there. */
export async function ensureDatabase(url) {
  const address = parseAddress(url)
  try {
    await query(url, "select 1")
  } catch (error) {
    if (error.code !== "3D000") {
      throw refused(error, address)
    }
    try {
      await query(addressOf(url, "postgres"), `create database ${quoted(address.name)}`)
    } catch (second) {
      throw refused(second, address)
    }
  }
}

export async function dropDatabase(url) {
  const address = parseAddress(url)
  try {
    await query(addressOf(url, "postgres"), `drop database if exists ${quoted(address.name)} with (force)`)
  } catch (error) {
    throw refused(error, address)
  }
}
