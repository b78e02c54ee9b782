/** Fills the store and lets it learn, once: `medusa exec` runs prepare.ts, whose progress is shown here. */
import { statSync } from "node:fs"
import { markStep } from "../database/steps.mjs"
import { faultOf, start } from "./children.mjs"
import { Fault } from "./fault.mjs"
import { medusaCommand, medusaEnvironment } from "./medusa.mjs"
import { say, step } from "./progress.mjs"

const marks = { progress: "::progress ", filled: "::filled", result: "::result " }

function contentVersion(orders) {
  if (!orders) {
    return "sample-3"
  }
  const { size, mtimeMs } = statSync(orders)
  return `orders ${orders} ${size} ${Math.floor(mtimeMs)}`
}

function asText({ done, total, unit }) {
  const number = (value) => value.toLocaleString("en-US")
  const of = total ? `${number(done)} of ${number(total)}` : number(done)
  return unit ? `${of} ${unit}` : of
}

/** Answers what prepare.ts found out about the store: its key, its admin, a top seller, and the import's figures. */
export async function prepare(demo, { options, database, steps, log }) {
  const version = contentVersion(options.orders)
  const known = steps.prepared
  if (known?.version === version) {
    return known.data
  }
  if (known && known.version.startsWith("sample") !== version.startsWith("sample")) {
    throw new Fault(
      "This database already holds another demo store: name another one in DATABASE_URL, or add --reset.",
    )
  }
  if (known?.version.startsWith("sample")) {
    say("This sample shop was filled by an earlier version: --reset begins anew, and shows more.")
    return known.data
  }
  await markStep(database.url, "preparing", version, { resumable: Boolean(options.orders) })
  const data = await fill(demo, {
    options,
    database,
    log: log("prepare"),
    // From here on a start that was cut off goes on where it was.
    onFilled: () => markStep(database.url, "preparing", version, { resumable: true }).catch(demo.fail),
  })
  await markStep(database.url, "prepared", version, data)
  return data
}

async function fill(demo, { options, database, log, onFilled }) {
  let result = null
  /** Ends the step that is shown and begins another. */
  let turn = null
  const begin = (title) => {
    const mine = { title }
    mine.shown = step(title, (update) => {
      mine.update = update
      return new Promise((resolve, reject) => Object.assign(mine, { resolve, reject }))
    })
    mine.shown.catch(() => {})
    turn = mine
  }
  begin(options.orders ? "Opening the store" : "Opening the sample store")

  const child = start({
    script: medusaCommand(demo.root),
    args: ["exec", "./demo/run/prepare.ts"],
    cwd: demo.root,
    env: {
      ...medusaEnvironment(database),
      MARKETING_DEMO: JSON.stringify({
        orders: options.orders,
        storefront: `http://localhost:${options.storefrontPort}`,
        home: demo.home,
      }),
    },
    log,
    onLine: (line) => {
      if (line.startsWith(marks.progress)) {
        const progress = JSON.parse(line.slice(marks.progress.length))
        if (progress.title !== turn.title) {
          turn.resolve()
          begin(progress.title)
        }
        if (progress.done !== undefined) {
          turn.update(asText(progress))
        }
      } else if (line.startsWith(marks.filled)) {
        void onFilled()
      } else if (line.startsWith(marks.result)) {
        result = JSON.parse(line.slice(marks.result.length))
      }
    },
  })
  demo.onStop(() => child.stop(2_000))
  const code = await child.ended
  if (code === 0 && result) {
    turn.resolve()
    await turn.shown
    return result
  }
  const fault = faultOf("Filling the store failed", log, child.output())
  turn.reject(fault)
  throw fault
}
