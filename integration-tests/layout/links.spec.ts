import { execFileSync, spawnSync } from "node:child_process"
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"

const root = path.resolve(__dirname, "../..")

describe("the links that Medusa needs", () => {
  let copy: string

  beforeEach(() => {
    copy = mkdtempSync(path.join(tmpdir(), "links-"))
    for (const folder of ["admin", "migrations/signals", "src/modules/signals", "scripts"]) {
      mkdirSync(path.join(copy, folder), { recursive: true })
    }
    cpSync(path.join(root, "scripts/links.mjs"), path.join(copy, "scripts/links.mjs"))
  })

  afterEach(() => rmSync(copy, { recursive: true, force: true }))

  const run = (...args: string[]) =>
    spawnSync(process.execPath, [path.join(copy, "scripts/links.mjs"), ...args], { encoding: "utf8" })

  it("are all in this repository", () => {
    const check = () => execFileSync(process.execPath, [path.join(root, "scripts/links.mjs"), "--check"])
    expect(check).not.toThrow()
  })

  it("are found missing, made, and then found", () => {
    expect(run("--check").status).toBe(1)
    expect(run().status).toBe(0)
    expect(run("--check").status).toBe(0)
    expect(readlinkSync(path.join(copy, "src/admin"))).toBe("../admin")
    expect(readlinkSync(path.join(copy, "src/modules/signals/migrations"))).toBe(
      "../../../migrations/signals",
    )
  })

  it("replace the text file that git writes where it cannot make links", () => {
    writeFileSync(path.join(copy, "src/admin"), "../admin\n")
    expect(run().status).toBe(0)
    expect(lstatSync(path.join(copy, "src/admin")).isSymbolicLink()).toBe(true)
  })

  it("never replace a folder or file of somebody's own", () => {
    mkdirSync(path.join(copy, "src/admin"))
    const answer = run()
    expect(answer.status).not.toBe(0)
    expect(answer.stderr).toContain("src/admin must be a link to ../admin")
    expect(lstatSync(path.join(copy, "src/admin")).isDirectory()).toBe(true)
  })

  it("are made again when one was deleted", () => {
    run()
    unlinkSync(path.join(copy, "src/modules/signals/migrations"))
    expect(run().stdout).toContain("src/modules/signals/migrations")
    expect(run("--check").status).toBe(0)
  })
})
