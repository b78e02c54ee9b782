/** Starts Medusa and the demo storefront and waits until both answer. */
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { faultOf, start } from "./children.mjs"
import { Fault } from "./fault.mjs"
import { medusaCommand } from "./medusa.mjs"
import { step } from "./progress.mjs"

const patience = 120_000

async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}

async function startAndWait(demo, { what, url, ...options }) {
  const child = start(options)
  demo.onStop(() => child.stop())
  let ended = false
  void child.ended.then(() => {
    ended = true
    if (demo.ready) {
      demo.fail(new Fault(`${what} ended by itself: see ${options.log}.`))
    }
  })
  for (const began = Date.now(); !(await answers(url)); await sleep(150)) {
    if (ended || Date.now() - began > patience) {
      throw faultOf(`${what} did not start`, options.log, child.output())
    }
  }
}

export async function serve(demo, { options, database, store, secrets, log }) {
  const medusa = `http://localhost:${options.port}`
  const both = (port) => `http://localhost:${port},http://127.0.0.1:${port}`
  await step("Starting Medusa", () =>
    startAndWait(demo, {
      what: "Medusa",
      url: `http://127.0.0.1:${options.port}/health`,
      script: medusaCommand(demo.root),
      args: ["start", "--host", "127.0.0.1", "--port", String(options.port)],
      cwd: demo.root,
      env: {
        DATABASE_URL: database.url,
        NODE_ENV: "production",
        JWT_SECRET: secrets.jwt,
        COOKIE_SECRET: secrets.cookie,
        STORE_CORS: both(options.storefrontPort),
        ADMIN_CORS: both(options.port),
        AUTH_CORS: `${both(options.storefrontPort)},${both(options.port)}`,
        MEDUSA_CACHING: "true",
        MEDUSA_DISABLE_TELEMETRY: "1",
        LOG_LEVEL: process.env.LOG_LEVEL ?? "info",
      },
      log: log("medusa"),
    }),
  )
  await step("Starting the storefront", () =>
    startAndWait(demo, {
      what: "The storefront",
      url: `http://127.0.0.1:${options.storefrontPort}/`,
      script: path.join(demo.root, "demo/storefront/server.mjs"),
      cwd: demo.root,
      env: {
        PORT: String(options.storefrontPort),
        MEDUSA_URL: medusa,
        PUBLISHABLE_KEY: store.publishable_key,
        PICTURES_DIR: path.join(demo.home, "pictures"),
        OWN_PLACEMENTS: "recently_viewed",
        CONTROL_PERCENT: String(store.control_percent ?? ""),
      },
      log: log("storefront"),
    }),
  )
}
