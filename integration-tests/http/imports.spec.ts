import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { gzipSync } from "node:zlib"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { runBackfill } from "../../src/workflows/signals/workflows/backfill-signals"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../src/modules/signals"
import type { ImportAnswer, ImportRun, ImportsAnswer } from "../../src/types/http"
import { createStore, signInAdmin, type StoreFixture } from "../set-up/store"

const folder = mkdtempSync(path.join(tmpdir(), "imports-spec-"))
process.env.MARKETING_IMPORT_DIR = folder
process.env.MARKETING_IMPORT_MAX_MB = "2"

const HEADER = "order_id,date,customer,email,sku,title,quantity,unit_price,currency,country"
const ORDERS = [
  HEADER,
  "1,2020-01-02 10:00:00,7,Ann@Example.com,OLD-A,Blue mug,2,5.50,EUR,Germany",
  "1,2020-01-02 10:00:00,7,Ann@Example.com,OLD-B,Tea tin,1,9.00,EUR,Germany",
  "1,2020-01-02 10:00:00,7,Ann@Example.com,OLD-A,Blue mug,2,5.50,EUR,Germany",
  "2,2020-02-30 10:00:00,7,Ann@Example.com,OLD-B,Tea tin,1,9.00,EUR,Germany",
  "C1,2020-01-05 10:00:00,7,Ann@Example.com,OLD-B,Tea tin,-1,9.00,EUR,Germany",
  "3,2020-01-06,8,,POST,Postage,1,4,EUR,France",
  "4,2020-01-07,8,,CUP-1,Cup,3,8,EUR,Narnia",
  "=5,2020-01-07,8",
].join("\n")

/** Some thousand rows, so that it takes a while. */
const LONG = [
  HEADER,
  ...Array.from({ length: 12_000 }, (_, n) => {
    const quantity = n % 100 === 0 ? "none" : "1"
    return `${n >> 2},2021-03-04 05:06:07,${n % 30},,SKU-${n % 50},Thing ${n % 50},${quantity},3.5,EUR,DE`
  }),
].join("\n")

medusaIntegrationTestRunner({
  inApp: true,
  testSuite: ({ api, getContainer }) => {
    let container: MedusaContainer
    let pg: Knex
    let store: StoreFixture
    let headers: Record<string, string>
    let url: string

    beforeAll(async () => {
      container = getContainer()
      pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      store = await createStore(container)
      url = api.defaults.baseURL as string
      headers = await signInAdmin(url, store.admin)
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    const request = async <T>(to: string, init: RequestInit = {}) => {
      const response = await fetch(`${url}/admin/marketing/imports${to}`, { headers, ...init })
      return {
        status: response.status,
        data: (await response.json()) as T & { message: string; code?: string },
      }
    }
    const upload = (content: string | Buffer, fields: Record<string, string> = {}, name = "orders.csv") => {
      const body = new FormData()
      for (const [field, value] of Object.entries(fields)) {
        body.append(field, value)
      }
      body.append("file", new Blob([new Uint8Array(Buffer.from(content))]), name)
      return request<ImportAnswer>("", { method: "POST", body })
    }
    const ended = async (id: string): Promise<ImportRun> => {
      for (;;) {
        const { data } = await request<ImportAnswer>(`/${id}`)
        if (data.import.status !== "queued" && data.import.status !== "running") {
          return data.import
        }
        await sleep(50)
      }
    }
    const imported = async (content: string | Buffer, fields: Record<string, string> = {}) => {
      const { status, data } = await upload(content, fields)
      expect([status, data.message]).toEqual([202, undefined])
      return ended(data.import.id)
    }
    const events = (): Promise<Record<string, never>[]> =>
      pg("marketing_event").where({ source: "import" }).orderBy("id") as never

    it("makes of each row a purchase, a return or a skip with its reason", async () => {
      const run = await imported(gzipSync(ORDERS), { source: "old-shop" })
      expect(run).toMatchObject({
        status: "succeeded",
        error: null,
        source: "old-shop",
        rows_read: 8,
        rows_imported: 5,
        rows_skipped: 3,
        skipped_by_reason: { bad_date: 1, service_line: 1, bad_csv: 1 },
        products_created: 2,
        customers_created: 2,
        orders_created: 0,
      })
      const products = container.resolve(Modules.PRODUCT)
      const [mug] = await products.listProductVariants({ sku: "OLD-A" }, { relations: ["product"] })
      expect(mug).toMatchObject({
        manage_inventory: false,
        product: { title: "Blue mug", status: "published" },
      })
      const { data: priced } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
        entity: "variant",
        fields: ["prices.amount", "prices.currency_code"],
        filters: { id: mug.id },
      })
      expect(priced[0].prices).toMatchObject([{ amount: 5.5, currency_code: "eur" }])
      const [ann] = await container.resolve(Modules.CUSTOMER).listCustomers({ email: "ann@example.com" })
      expect(ann.metadata).toEqual({ imported_from: "old-shop", external_id: "7" })
      const logged = await events()
      const ofMug = logged.filter((event) => event.product_id === mug.product_id)
      expect(ofMug).toHaveLength(2)
      expect(ofMug[0]).toMatchObject({
        type: "item_purchased",
        order_id: "old-shop:1",
        customer_id: ann.id,
        occurred_at: new Date("2020-01-02T10:00:00Z"),
        data: {
          variant_id: mug.id,
          sku: "OLD-A",
          quantity: 2,
          unit_price: 5.5,
          currency_code: "eur",
          country_code: "de",
        },
      })
      expect(logged.filter((event) => event.type === "item_returned")).toMatchObject([
        { order_id: "old-shop:C1", data: { sku: "OLD-B", quantity: 1 } },
      ])
      // The store's own product of this SKU, not a second one.
      expect(logged.filter((event) => event.order_id === "old-shop:4")).toMatchObject([
        { product_id: store.products[0].id, data: { country_code: null } },
      ])
      expect(readdirSync(folder)).toEqual([])
    })

    it("changes nothing when the same file comes again, and says so", async () => {
      await imported(ORDERS)
      const before = await events()
      const again = await imported(ORDERS)
      expect(again).toMatchObject({
        status: "succeeded",
        rows_read: 8,
        rows_imported: 5,
        rows_skipped: 3,
        products_created: 0,
        customers_created: 0,
      })
      expect(await events()).toEqual(before)
      const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
      expect((await signals.retrieveImportRun(again.id)).rows_existing).toBe(5)
      const other = await upload(ORDERS, { timezone: "Europe/Berlin" })
      expect([other.status, other.data.message]).toEqual([
        400,
        expect.stringMatching(/With new ones every purchase would count twice/),
      ])
    })

    it("lists each skipped line in a file that a spreadsheet may open, and nobody's e-mail", async () => {
      const run = await imported(ORDERS)
      const response = await fetch(`${url}/admin/marketing/imports/${run.id}/skipped`, { headers })
      expect(response.headers.get("content-disposition")).toBe(`attachment; filename="skipped-${run.id}.csv"`)
      expect((await response.text()).split("\r\n")).toEqual([
        "line,reason,value,order,sku",
        "5,bad_date,2020-02-30 10:00:00,2,OLD-B",
        "7,service_line,POST,3,POST",
        `9,bad_csv,"3 columns, the header has 10",,`,
        "",
      ])
      for (const table of ["marketing_event", "marketing_import_run", "marketing_import_skip"]) {
        const { rows } = await pg.raw(`select t::text as row from ${table} t`)
        expect(JSON.stringify(rows)).not.toMatch(/@example|ann/i)
      }
    })

    it("refuses a file as a whole before anything is written, in a sentence", async () => {
      const refused = async (content: string | Buffer, fields = {}) => {
        const { status, data } = await upload(content, fields)
        return [status, data.message]
      }
      expect(await refused("order_id,date,sku,price\n1,2020-01-01,A,2\n")).toEqual([
        400,
        expect.stringMatching(
          /No column found for quantity. The file has: "order_id", "date", "sku", "price"/,
        ),
      ])
      expect(await refused("PK\u0003\u0004")).toEqual([400, expect.stringMatching(/Save the table as CSV/)])
      expect(await refused("")).toEqual([400, "The file is empty."])
      expect(await refused(ORDERS, { mapping: "{" })).toEqual([400, "mapping: not valid JSON"])
      expect(await refused(ORDERS, { colour: "blue" })).toEqual([400, expect.stringMatching(/colour/)])
      expect(await refused(Buffer.alloc(2 * 1024 * 1024 + 1, "a"))).toEqual([
        413,
        expect.stringMatching(/larger than 2 MB/),
      ])
      const empty = await request("", {
        method: "POST",
        headers: { ...headers, "content-type": "text/csv" },
        body: "a",
      })
      expect([empty.status, empty.data.message]).toEqual([400, expect.stringMatching(/multipart\/form-data/)])
      const ambiguous = await imported(`${HEADER}\n1,01/02/2020,,,A,A,1,1,EUR,DE\n`)
      expect(ambiguous).toMatchObject({
        status: "failed",
        error: expect.stringMatching(/can be read two ways/),
      })
      expect(await events()).toEqual([])
      const { data } = await request<ImportsAnswer>("?limit=5")
      expect(data).toMatchObject({ count: 1, limit: 5, offset: 0, imports: [{ id: ambiguous.id }] })
      expect((await fetch(`${url}/admin/marketing/imports`)).status).toBe(401)
    })

    it("works on one file at a time; a cancelled one goes on where it was, to the same end", async () => {
      const first = await upload(LONG)
      expect(first.status).toBe(202)
      const { id } = first.data.import
      const second = await upload(ORDERS)
      expect([second.status, second.data.code, second.data.message]).toEqual([
        409,
        "import_under_way",
        expect.stringMatching(/"orders.csv" is under way/),
      ])
      expect((await request(`/${id}/resume`, { method: "POST" })).status).toBe(409)
      expect((await request(`/${id}/cancel`, { method: "POST" })).status).toBe(200)
      expect((await ended(id)).status).toBe("cancelled")
      const resumed = await request<ImportAnswer>(`/${id}/resume`, { method: "POST" })
      expect(resumed.status).toBe(202)
      expect(await ended(id)).toMatchObject({
        status: "succeeded",
        rows_read: 12_000,
        rows_imported: 11_880,
        rows_skipped: 120,
        skipped_by_reason: { bad_quantity: 120 },
        products_created: 50,
        customers_created: 30,
      })
      expect(await events()).toHaveLength(11_880)
      expect((await request(`/${id}/cancel`, { method: "POST" })).status).toBe(400)
    })

    it("goes on behind its checkpoint after its process has died", async () => {
      const { id } = await imported(LONG)
      const whole = await events()
      const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
      const run = await signals.retrieveImportRun(id)
      const chunks = await signals.listImportSkips({ import_id: id }, { order: { first_row: "ASC" } })
      expect(chunks.length).toBeGreaterThan(2)
      // What a kill -9 leaves: rows up to the checkpoint counted, some behind it committed, nobody at work.
      const checkpoint = chunks[1].last_row
      const skipped = Math.ceil(checkpoint / 100)
      const later = whole.filter((event) => Number((event.order_id as string).slice(4)) * 4 > checkpoint)
      const lost = later.filter((_, n) => n % 3 === 0).map((event) => event.id as string)
      expect(await pg("marketing_event").whereIn("id", lost).delete()).toBeGreaterThan(1000)
      await signals.updateImportRuns({
        id,
        status: "running",
        checkpoint,
        rows_read: checkpoint,
        rows_imported: checkpoint - skipped,
        rows_skipped: skipped,
        skipped_by_reason: { bad_quantity: skipped },
        heartbeat_at: new Date(Date.now() - 3_600_000),
        options: { ...(run.options as object), worker: { host: "elsewhere", pid: 1 } },
      })
      const { data } = await request<ImportAnswer>(`/${id}`)
      expect(data.import).toMatchObject({ status: "failed", error: expect.stringMatching(/server stopped/) })
      const gone = await request(`/${id}/resume`, { method: "POST" })
      expect([gone.status, gone.data.message]).toEqual([
        400,
        expect.stringMatching(/Give "orders.csv" again/),
      ])
      const resumed = await imported(LONG)
      expect(resumed).toMatchObject({
        id,
        status: "succeeded",
        rows_read: 12_000,
        rows_imported: 11_880,
        rows_skipped: 120,
      })
      expect(await events()).toEqual(whole.map((event) => ({ ...event, received_at: expect.any(Date) })))
      const skips = await signals.listImportSkips({ import_id: id })
      const lines = skips.flatMap((skip) => (skip.lines as unknown as [number][]).map(([line]) => line))
      expect([lines.length, new Set(lines).size]).toEqual([120, 120])
    })

    it("keeps purchases without identity when customers are not wanted, and of people who were deleted", async () => {
      await imported(ORDERS, { create_customers: "false" })
      expect((await events()).map((event) => event.customer_id)).toEqual([null, null, null, null, null])
      const customers = container.resolve(Modules.CUSTOMER)
      expect(await customers.listCustomers({})).toEqual([])
      const [ann] = await customers.createCustomers([{ email: "ann@example.com" }])
      await customers.softDeleteCustomers([ann.id])
      await imported(ORDERS.replace("Blue mug", "Mug"))
      expect(await customers.listCustomers({ email: "ann@example.com" })).toEqual([])
    })

    it("makes Medusa orders of the past when asked, once", async () => {
      const run = await imported(ORDERS, { as_orders: "true" })
      expect(run).toMatchObject({ status: "succeeded", as_orders: true, orders_created: 2 })
      const orders = container.resolve(Modules.ORDER)
      const list = () => orders.listOrders({}, { relations: ["items"], order: { created_at: "ASC" } })
      const [first, last] = await list()
      expect(first).toMatchObject({
        status: "completed",
        currency_code: "eur",
        email: "ann@example.com",
        metadata: { marketing_imported_from: "csv", external_id: "1" },
      })
      expect(new Date(first.created_at)).toEqual(new Date("2020-01-02T10:00:00Z"))
      expect(
        first.items!.map((item) => [item.variant_sku, Number(item.quantity), Number(item.unit_price)]),
      ).toEqual(
        expect.arrayContaining([
          ["OLD-A", 2, 5.5],
          ["OLD-A", 2, 5.5],
          ["OLD-B", 1, 9],
        ]),
      )
      expect(last.metadata).toMatchObject({ external_id: "4" })
      expect(await imported(ORDERS, { as_orders: "true" })).toMatchObject({ orders_created: 0 })
      expect(await list()).toHaveLength(2)
      expect(await events()).toHaveLength(5)
      // The import's events are the one truth of these purchases: reading the orders adds none.
      await runBackfill(container)
      expect(await pg("marketing_event").where({ type: "item_purchased", source: "backfill" })).toEqual([])
    })

    it("leaves no upload behind when it was refused", () => {
      expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
    })
  },
})
