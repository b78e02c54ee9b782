/** Finds a Chromium for the browser specs: CHROME_PATH, then PATH, then Debian's own package if we may install it. */
import { accessSync, constants, existsSync } from "node:fs"
import path from "node:path"
import { run } from "../../demo/run/children.mjs"
import { Fault } from "../../demo/run/fault.mjs"
import { step } from "../../demo/run/progress.mjs"

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
]

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function find() {
  const given = process.env.CHROME_PATH
  if (given) {
    if (!isProgram(given)) {
      throw new Fault(`CHROME_PATH is ${given}, but there is no program.`)
    }
    return given
  }
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean)
  const onPath = folders.flatMap((folder) => names.map((name) => path.join(folder, name)))
  return [...onPath, ...places].find(isProgram)
}

export async function ensureChromium(root, log) {
  const found = find()
  if (found) {
    return found
  }
  if (!existsSync("/etc/debian_version") || process.getuid() !== 0) {
    throw new Fault(
      "The browser tests need Chromium: install it (Debian and Ubuntu: `apt-get install chromium`; macOS: " +
        "`brew install --cask chromium`), or set CHROME_PATH to a Chrome or Chromium.",
    )
  }
  await step("Installing Chromium", async () => {
    const env = { DEBIAN_FRONTEND: "noninteractive" }
    await run({ what: "apt-get update", command: "apt-get", args: ["update"], cwd: root, env, log })
    const args = ["install", "-y", "--no-install-recommends", "chromium"]
    await run({ what: "Installing Chromium", command: "apt-get", args, cwd: root, env, log })
  })
  const installed = find()
  if (!installed) {
    throw new Fault(`Chromium was installed but is not on the PATH: set CHROME_PATH. The log is ${log}.`)
  }
  return installed
}
