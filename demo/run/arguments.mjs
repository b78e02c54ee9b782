import { accessSync, constants, existsSync, statSync } from "node:fs"
import path from "node:path"
import { parseArgs } from "node:util"
import { Fault } from "./fault.mjs"

export const usage = `npm run demo -- [options]

  --orders FILE.csv[.gz]    a real order history instead of the sample store
  --reset                   begin anew: deletes what the demo stored (with --orders: only that history's store)
  --port N                  port of Medusa and its admin (9000)
  --storefront-port N       port of the demo storefront (8000)
  --help                    this text

Environment: DATABASE_URL uses a Postgres of your own (an empty database of its own) instead of the built-in one.`

function port(text, name) {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 65535) {
    throw new Fault(`--${name} must be a port from 1 to 65535, not "${text}".`)
  }
  return value
}

function orderFile(text) {
  const file = path.resolve(text)
  if (!existsSync(file)) {
    throw new Fault(`--orders: there is no file ${file}.`)
  }
  if (!statSync(file).isFile()) {
    throw new Fault(`--orders: ${file} is a folder; name a CSV file, plain or .gz.`)
  }
  try {
    accessSync(file, constants.R_OK)
  } catch {
    throw new Fault(`--orders: ${file} cannot be read: check its permissions.`)
  }
  return file
}

export function readArguments(argv) {
  let values
  try {
    values = parseArgs({
      args: argv,
      options: {
        orders: { type: "string" },
        reset: { type: "boolean", default: false },
        port: { type: "string", default: "9000" },
        "storefront-port": { type: "string", default: "8000" },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values
  } catch (error) {
    throw new Fault(`${error.message.split(". ")[0].replace(/\.$/, "")}. See \`npm run demo -- --help\`.`)
  }
  const options = {
    help: values.help,
    reset: values.reset,
    port: port(values.port, "port"),
    storefrontPort: port(values["storefront-port"], "storefront-port"),
    orders: values.orders === undefined ? null : orderFile(values.orders),
  }
  if (options.port === options.storefrontPort) {
    throw new Fault(`Medusa and the storefront cannot both have port ${options.port}.`)
  }
  return options
}
