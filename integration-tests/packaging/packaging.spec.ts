import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs"
import { isBuiltin } from "node:module"
import path from "node:path"
import type { Browser } from "playwright-core"
import type { OverviewAnswer } from "../../src/types/http/admin"
import type { RecommendationsAnswer } from "../../src/types/http/recommendations"
import { launchBrowser } from "../browser/chromium"
import { createDatabase, databaseUrl, dropDatabase } from "../set-up/databases"
import { root, runMedusa, type RunningMedusa, startMedusa } from "../set-up/server"
import { call, signInAdmin } from "../set-up/store"
import { installedPackage, installInHostStore, pack, type Packed } from "./host-store"

const database = "marketing_packaging"
const admin = { email: "merchant@example.com", password: "supersecret" }

interface PackageJson {
  dependencies: Record<string, string>
  peerDependencies: Record<string, string>
  exports: Record<string, string | Record<string, string>>
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name)
    return entry.isDirectory() ? filesIn(file) : [file]
  })
}

describe("the packed plugin", () => {
  let packed: Packed
  let store: string
  let server: RunningMedusa | undefined
  let browser: Browser | undefined

  beforeAll(async () => {
    if (
      !existsSync(path.join(root, ".medusa/server/package.json")) &&
      !existsSync(path.join(root, ".medusa/server/src"))
    ) {
      throw new Error("The plugin is not built: `npm test` does it, or `npm run build`.")
    }
    packed = pack()
    store = installInHostStore(packed.tarball)
    await createDatabase(database)
    const options = { cwd: store, databaseUrl: databaseUrl(database) }
    await runMedusa(["db:migrate"], { ...options, log: "packaging-migrate" })
    await runMedusa(["user", "-e", admin.email, "-p", admin.password], { ...options, log: "packaging-user" })
    await runMedusa(["build", "--admin-only"], { ...options, log: "packaging-build" })
    cpSync(path.join(store, ".medusa/admin"), path.join(store, "public/admin"), { recursive: true })
    server = await startMedusa({ ...options, log: "packaging" })
  }, 600_000)

  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await dropDatabase(database)
  }, 60_000)

  it("ships no test, demo, bench or source of the admin", () => {
    const strangers = packed.files.filter((file) =>
      /__tests__|\.(spec|test)\.|simulator|integration-tests|(^|\/)(demo|bench)\/|\.tsx$|host-store/.test(
        file,
      ),
    )
    expect(strangers).toEqual([])
  })

  it("ships the server, the admin, the storefront script and every migration", () => {
    const migrations = readdirSync(path.join(root, "migrations")).flatMap((word) =>
      readdirSync(path.join(root, "migrations", word))
        .filter((name) => name.endsWith(".ts"))
        .map((name) => `.medusa/server/src/modules/${word}/migrations/${name.replace(/\.ts$/, ".js")}`),
    )
    expect(packed.files).toEqual(
      expect.arrayContaining([
        "package.json",
        "LICENSE",
        ".medusa/server/src/api/middlewares.js",
        ".medusa/server/src/admin/index.mjs",
        ".medusa/server/storefront/storefront.js",
        ".medusa/server/storefront/storefront.mjs",
        ...migrations,
      ]),
    )
  })

  it("opens every door of its exports map", () => {
    const { exports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as PackageJson
    const doors = Object.values(exports)
      .flatMap((door) => (typeof door === "string" ? [door] : Object.values(door)))
      .filter((door) => !door.includes("*"))
    const closed = doors.filter((door) => !existsSync(path.join(installedPackage(store), door)))
    expect(closed).toEqual([])
  })

  it("requires only packages that it names as dependencies or peers", () => {
    const own = installedPackage(store)
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(path.join(own, "package.json"), "utf8"),
    ) as PackageJson
    const named = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)])
    const missing = new Set<string>()
    for (const file of filesIn(path.join(own, ".medusa/server/src")).filter((name) => /\.m?js$/.test(name))) {
      const pattern = file.endsWith(".mjs")
        ? /^import .*?from "([^"./][^"]*)";?$/gm
        : /\brequire\("([^"./][^"]*)"\)/g
      for (const [, specifier] of readFileSync(file, "utf8").matchAll(pattern)) {
        const name = specifier
          .split("/")
          .slice(0, specifier.startsWith("@") ? 2 : 1)
          .join("/")
        if (!isBuiltin(specifier) && !named.has(name)) {
          missing.add(`${name} in ${path.relative(own, file)}`)
        }
      }
    }
    expect([...missing]).toEqual([])
  })

  it("answers a store route in a store without any data", async () => {
    const headers = await signInAdmin(server!.url, admin)
    const { api_key } = await call<{ api_key: { id: string; token: string } }>(
      `${server!.url}/admin/api-keys`,
      {
        body: { title: "Webshop", type: "publishable" },
        headers,
      },
    )
    const { sales_channel } = await call<{ sales_channel: { id: string } }>(
      `${server!.url}/admin/sales-channels`,
      {
        body: { name: "Webshop" },
        headers,
      },
    )
    await call(`${server!.url}/admin/api-keys/${api_key.id}/sales-channels`, {
      body: { add: [sales_channel.id] },
      headers,
    })
    const answer = await call<RecommendationsAnswer>(
      `${server!.url}/store/marketing/recommendations?placement=home`,
      { headers: { "x-publishable-api-key": api_key.token } },
    )
    expect(answer).toMatchObject({
      recommendations: [],
      placement: "home",
      readiness: "cold",
      model_id: null,
    })
    expect(answer.decision_id).toEqual(expect.any(String))
  })

  it("answers an admin route, and only to an admin", async () => {
    const url = `${server!.url}/admin/marketing/overview`
    expect((await fetch(url)).status).toBe(401)
    const { overview } = await call<OverviewAnswer>(url, { headers: await signInAdmin(server!.url, admin) })
    expect(overview.readiness.tier).toBe("cold")
  })

  it("serves the storefront script", async () => {
    const response = await fetch(`${server!.url}/marketing/storefront.js`)
    expect(response.status).toBe(200)
    expect(response.headers.get("content-type")).toMatch(/javascript/)
    expect(await response.text()).toContain("marketing-shelf")
  })

  it("shows its page in the admin", async () => {
    browser = await launchBrowser()
    const context = await browser.newContext({ baseURL: server!.url, locale: "en-US" })
    const { authorization } = await signInAdmin(server!.url, admin)
    await context.request.post("/auth/session", { headers: { authorization } })
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    const faults: string[] = []
    page.on("pageerror", (error) => faults.push(error.message))
    await page.goto("/app/marketing")
    try {
      await page.getByRole("heading", { name: "What to do first" }).waitFor()
    } catch (error) {
      await page.screenshot({ path: path.join(root, ".medusa-test/logs/packaging.png") })
      throw error
    }
    await page.locator("aside").getByRole("link", { name: "Marketing", exact: true }).first().waitFor()
    expect(faults).toEqual([])
  }, 180_000)
})
