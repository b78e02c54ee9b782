/**
 * A store that is not this repository, with the plugin installed from its tarball. Medusa itself is not installed a second
 * time: the store's node_modules links to the packages that are here, and holds our package unpacked, as npm would.
 */
import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs"
import path from "node:path"
import { root } from "../set-up/server"

const NAME = "medusa-plugin-precision-marketing"
const scratch = path.join(root, ".medusa-test")

export interface Packed {
  tarball: string
  files: string[]
}

/** `npm pack` of what the last build left in .medusa/server. */
export function pack(): Packed {
  const folder = path.join(scratch, "packed")
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const output = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, NODE_OPTIONS: "" },
    shell: process.platform === "win32",
  })
  const [{ filename, files }] = JSON.parse(output) as [{ filename: string; files: { path: string }[] }]
  return { tarball: path.join(folder, filename), files: files.map((file) => file.path) }
}

/** Makes the store anew and answers its folder. */
export function installInHostStore(tarball: string): string {
  const store = path.join(scratch, "host-store")
  rmSync(store, { recursive: true, force: true })
  cpSync(path.join(root, "integration-tests/host-store"), store, { recursive: true })
  const modules = path.join(store, "node_modules")
  mkdirSync(modules)
  for (const name of readdirSync(path.join(root, "node_modules"))) {
    if (!name.startsWith(".") && name !== NAME) {
      symlinkSync(path.join(root, "node_modules", name), path.join(modules, name), "junction")
    }
  }
  execFileSync("tar", ["-xzf", tarball, "-C", modules])
  renameSync(path.join(modules, "package"), path.join(modules, NAME))
  return store
}

export const installedPackage = (store: string): string => path.join(store, "node_modules", NAME)
