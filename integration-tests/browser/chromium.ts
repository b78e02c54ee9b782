/** A Chromium for the shop's specs: CHROME_PATH, or the first on the PATH. */
import { accessSync, constants, readFileSync } from "node:fs"
import path from "node:path"
import { type Browser, chromium, type Page } from "playwright-core"

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]

function chromePath(): string {
  const folders = (process.env.PATH ?? "").split(path.delimiter)
  const places = [
    process.env.CHROME_PATH,
    ...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))),
  ]
  const found = places.find((place) => {
    try {
      accessSync(place ?? "", constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  if (!found) throw new Error("No Chromium on the PATH: install one, or set CHROME_PATH to it.")
  return found
}

export function launchBrowser(): Promise<Browser> {
  // Chromium's sandbox does not run as root, as which containers run.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : []
  return chromium.launch({ executablePath: chromePath(), args })
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[]
}

/** What axe-core finds wrong with the page, as readable lines; also looks into shadow trees. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"))
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run(),
  )
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary ?? ""}`),
  )
}
