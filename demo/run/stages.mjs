/** The stages of the demo, in their order. */
import { createHash, randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { checkReachable, dropDatabase, ensureDatabase, parseAddress } from "../database/client.mjs"
import { checkSpace, deleteEmbedded, portIsFree, startEmbedded } from "../database/embedded.mjs"
import { holdsForeignTables, markStep, readSteps, schemaVersion } from "../database/steps.mjs"
import { ensureLinks } from "../../scripts/links.mjs"
import { adminIsBuilt, buildAdmin } from "../../scripts/build-admin.mjs"
import { faultOf, run, start } from "./children.mjs"
import { Fault } from "./fault.mjs"
import { checkNode, ensureDependencies } from "./install.mjs"
import { takeLock } from "./lock.mjs"
import { medusaCommand, medusaEnvironment } from "./medusa.mjs"
import { prepare } from "./prepare.mjs"
import { say, step } from "./progress.mjs"
import { serve } from "./serve.mjs"
import { tell } from "./tell.mjs"

const megabyte = 2 ** 20

export async function runDemo(demo, options) {
  const { root, home } = demo
  const began = Date.now()
  checkNode(root)
  const own = process.env.DATABASE_URL ? parseAddress(process.env.DATABASE_URL) : null
  if (own) {
    await checkReachable(own)
  }
  mkdirSync(path.join(home, "logs"), { recursive: true })
  demo.onStop(takeLock(home))
  await checkPort(options.port, "port", "Medusa")
  await checkPort(options.storefrontPort, "storefront-port", "the storefront")
  const log = (name) => path.join(home, "logs", `${name}.log`)
  const fresh = !existsSync(path.join(root, "node_modules"))
  checkSpace(home, (fresh ? 2500 : 300) * megabyte)

  await ensureDependencies(root, log("install"))
  ensureLinks(root)
  const database = await openDatabase(demo, options, log)
  await resetIfAsked(database, options)
  const steps = await readyDatabase(demo, database, log)
  const admin = adminIsBuilt(root) ? null : startBuildingAdmin(demo, log("admin"))
  const { buildStorefront } = await import("../../scripts/build-storefront.mjs")
  await step("Building the storefront script", () => buildStorefront(path.join(root, "storefront-dist")))
  const store = await prepare(demo, { options, database, steps, log })
  if (admin) {
    await step("Building the admin", () => admin)
  }
  await serve(demo, { options, database, store, secrets: readSecrets(home), log })
  demo.ready = true
  tell({ options, store, home, seconds: (Date.now() - began) / 1000 })
}

async function checkPort(port, option, who) {
  if (!(await portIsFree(port))) {
    throw new Fault(
      `Port ${port} for ${who} is taken by another program: stop it, or choose one with \`npm run demo -- --${option} ${port + 1}\`.`,
    )
  }
}

/** Signing keys that stay the same, so that a sign-in outlives a restart. */
function readSecrets(home) {
  const file = path.join(home, "secrets.json")
  if (!existsSync(file)) {
    const secret = () => randomBytes(24).toString("hex")
    writeFileSync(file, JSON.stringify({ jwt: secret(), cookie: secret() }), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, "utf8"))
}

/** One database for the sample and one for each imported file, so that both can be kept. */
function databaseName({ orders }) {
  return orders
    ? `marketing_orders_${createHash("sha1").update(orders).digest("hex").slice(0, 8)}`
    : "marketing_sample"
}

async function openDatabase(demo, options, log) {
  if (process.env.DATABASE_URL) {
    return { url: process.env.DATABASE_URL, own: true }
  }
  if (options.reset && !options.orders) {
    await step("Deleting the stored data", async () => deleteEmbedded(demo.home))
  }
  return step("Starting Postgres", async (update) => {
    const server = await startEmbedded({
      home: demo.home,
      log: log("postgres"),
      onState: () => update("making its data folder"),
      onEnd: () => demo.fail(new Fault(`Postgres ended by itself: see ${log("postgres")}.`)),
    })
    demo.onStop(() => server.stop())
    update(
      server.moved
        ? `data in ${server.moved}, since its user may not enter ${demo.home}`
        : `port ${server.port}`,
    )
    return { url: server.url(databaseName(options)), own: false }
  })
}

async function resetIfAsked(database, options) {
  if (!options.reset || !(database.own || options.orders)) {
    return
  }
  await ensureDatabase(database.url)
  await refuseForeign(database)
  await step("Deleting the stored data", () => dropDatabase(database.url))
}

async function refuseForeign(database) {
  if (await holdsForeignTables(database.url)) {
    const { name } = parseAddress(database.url)
    throw new Fault(
      `The database "${name}" holds tables that the demo did not make: name an empty one in DATABASE_URL.`,
    )
  }
}

/** Answers what was done to the database before, after bringing its tables up to date. */
async function readyDatabase(demo, database, log) {
  await ensureDatabase(database.url)
  await refuseForeign(database)
  let steps = (await readSteps(database.url)) ?? {}
  if (steps.preparing && !steps.prepared && !steps.preparing.data.resumable) {
    await step("Clearing a half-filled store", async () => {
      await dropDatabase(database.url)
      await ensureDatabase(database.url)
    })
    steps = {}
  }
  const version = schemaVersion(demo.root)
  if (steps.migrated?.version !== version) {
    // Said first, so that a database whose migration was cut off is known as ours.
    await markStep(database.url, "migrating", version)
    await step("Making the tables", () =>
      run({
        what: "Making the tables",
        script: medusaCommand(demo.root),
        args: ["db:migrate"],
        cwd: demo.root,
        env: medusaEnvironment(database),
        log: log("migrate"),
      }),
    )
    await markStep(database.url, "migrated", version)
  }
  return steps
}

/** Beside the filling of the store: it needs a core of its own for a minute. */
function startBuildingAdmin(demo, log) {
  const running = buildAdmin(demo.root, {
    run: (options) => {
      const child = start(options)
      demo.onStop(() => child.stop(2_000))
      return child.ended.then((code) => {
        if (code !== 0) {
          throw faultOf(`${options.what} failed`, log, child.output())
        }
      })
    },
    log,
  })
  // It is awaited later; until then its failure is nobody's.
  running.catch(() => {})
  return running
}
