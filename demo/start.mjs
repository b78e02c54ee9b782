/**
 * `npm run demo`: from a bare checkout to a running store with a storefront. Needs only Node; all that it imports before
 * the packages are installed is Node's own.
 */
import path from "node:path"
import { readArguments, usage } from "./run/arguments.mjs"
import { killAll } from "./run/children.mjs"
import { sentenceOf } from "./run/fault.mjs"
import { say } from "./run/progress.mjs"
import { runDemo } from "./run/stages.mjs"

const root = path.resolve(import.meta.dirname, "..")

/** What is up, in the order in which it came up; ended the other way round. */
const up = []
let stopping = null

async function stopAll() {
  const wasUp = demo.ready
  for (const stop of up.splice(0).reverse()) {
    try {
      await stop()
    } catch (error) {
      say(sentenceOf(error))
    }
  }
  if (wasUp) {
    say("Stopped.")
  }
}

function end(code) {
  stopping ??= stopAll().finally(() => process.exit(code))
  return stopping
}

let signals = 0
function onSignal() {
  signals += 1
  if (signals === 1) {
    say("\nStopping (the database last) …")
    void end(demo.ready ? 0 : 130)
  } else {
    // A second Ctrl-C: no more waiting for requests in flight. The database still ends by itself, with us.
    killAll()
    process.exit(130)
  }
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, onSignal)
}

const demo = {
  root,
  home: path.join(root, ".medusa-demo"),
  ready: false,
  onStop: (stop) => up.push(stop),
  fail,
}

function fail(error) {
  if (!stopping) {
    say(`\n${sentenceOf(error)}`)
    void end(1)
  }
}

process.on("uncaughtException", fail)
process.on("unhandledRejection", fail)

try {
  const options = readArguments(process.argv.slice(2))
  if (options.help) {
    say(usage)
  } else {
    await runDemo(demo, options)
  }
} catch (error) {
  fail(error)
}
