import type {
  CreateOrderDTO,
  IOrderModuleService,
  IRegionModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { customerKey, LineReader, type OrderLine } from "../../../core/signals/order-history"
import { readCsv, type CsvHandler } from "./import-csv"
import type { Owners } from "./import-events"
import type { StoreDefaults } from "./import-products"
import { stableId } from "./import-stable-id"
import type { ImportState } from "./import-state"
import type { Survey } from "./import-survey"

type NewOrder = CreateOrderDTO & {
  id: string
  created_at: Date
  is_draft_order: boolean
}

/** Lines of one order as they were read; the order becomes Medusa's when its last line has been seen. */
interface OpenOrder {
  order: string
  lines: OrderLine[]
}

const BATCH = 200

/**
 * Third reading, only when the merchant asks for it: makes Medusa orders of the past, completed and paid. The
 * log has these purchases already; `metadata.marketing_imported_from` tells reconciliation and back-fill to leave such orders
 * alone, so that nothing counts twice. Ids are made from source and order number: running again makes only
 * what is missing. Returns are events only: a Medusa return needs the order it belongs to, which exports do not name.
 */
export async function makeOrders(
  container: MedusaContainer,
  path: string,
  survey: Survey,
  source: string,
  owners: Owners,
  defaults: StoreDefaults,
  state: ImportState,
): Promise<void> {
  const scattered = await scatteredOrders(path, survey)
  const regions = await container
    .resolve<IRegionModuleService>(Modules.REGION)
    .listRegions({}, { select: ["id", "currency_code"] })
  const maker = new OrderMaker(container, survey, source, owners, defaults, state, scattered, regions)
  await readCsv(path, survey.encoding, maker)
  await maker.settle()
}

/** Orders whose lines do not stand together in the file: only these have to be held until its end. */
async function scatteredOrders(path: string, survey: Survey): Promise<Set<string>> {
  const seen = new Set<string>()
  const scattered = new Set<string>()
  const at = survey.columns.index.order
  let last = ""
  await readCsv(path, survey.encoding, {
    header: () => undefined,
    bad: () => undefined,
    row: (fields) => {
      const order = fields[at]?.trim() ?? ""
      if (order !== last) {
        if (seen.has(order)) {
          scattered.add(order)
        }
        seen.add(order)
        last = order
      }
    },
  })
  return scattered
}

class OrderMaker implements CsvHandler {
  private readonly reader: LineReader
  private readonly orders: IOrderModuleService
  private readonly held = new Map<string, OpenOrder>()
  private open: OpenOrder | null = null
  private ready: OpenOrder[] = []
  private done = 0

  constructor(
    container: MedusaContainer,
    private readonly survey: Survey,
    private readonly source: string,
    private readonly owners: Owners,
    private readonly defaults: StoreDefaults,
    private readonly state: ImportState,
    private readonly scattered: Set<string>,
    private readonly regions: { id: string; currency_code: string }[],
  ) {
    this.reader = new LineReader(survey.columns, survey.reading)
    this.orders = container.resolve<IOrderModuleService>(Modules.ORDER)
  }

  header(): void {
    // The survey has mapped it.
  }

  bad(): void {
    // Reported when the events were written.
  }

  row(fields: string[]): void {
    if (this.reader.read(fields) !== null || this.reader.line.kind === "return") {
      return
    }
    const line = { ...this.reader.line }
    if (this.open?.order !== line.order) {
      this.close()
      this.open = this.held.get(line.order) ?? { order: line.order, lines: [] }
    }
    this.open.lines.push(line)
  }

  async pause(): Promise<void> {
    while (this.ready.length >= BATCH) {
      await this.make(this.ready.splice(0, BATCH))
    }
  }

  async settle(): Promise<void> {
    this.close()
    this.ready.push(...this.held.values())
    while (this.ready.length > 0) {
      await this.make(this.ready.splice(0, BATCH))
    }
  }

  private close(): void {
    if (this.open === null) {
      return
    }
    if (this.scattered.has(this.open.order)) {
      this.held.set(this.open.order, this.open)
    } else {
      this.ready.push(this.open)
    }
    this.open = null
  }

  private async make(batch: OpenOrder[]): Promise<void> {
    const described = batch.flatMap((order) => this.describe(order))
    const existing = await this.orders.listOrders(
      { id: described.map((order) => order.id) },
      { select: ["id"], take: described.length, withDeleted: true },
    )
    const there = new Set(existing.map((order) => order.id))
    const missing = described.filter((order) => !there.has(order.id))
    if (missing.length > 0) {
      await this.orders.createOrders(missing)
    }
    this.done += batch.length
    await this.state.note({
      done: this.done,
      orders_created: this.state.run.orders_created + missing.length,
    })
  }

  /** One order by currency: an order of Medusa's has exactly one. */
  private describe({ order, lines }: OpenOrder): NewOrder[] {
    const currencies = [...new Set(lines.map((line) => line.currency_code))]
    return currencies.map((currency_code, nth) => {
      const own = lines.filter((line) => line.currency_code === currency_code)
      const [first] = own
      const key = this.owners.customers === null ? null : customerKey(first)
      const customer_id = key === null ? undefined : (this.owners.customers!.get(key) ?? undefined)
      const country = own.find((line) => line.country_code !== null)?.country_code
      const total = own.reduce((sum, line) => sum + line.quantity * line.unit_price, 0)
      const region = this.regions.find((candidate) => candidate.currency_code === currency_code)
      return {
        id: stableId("order", "order", this.source, order, ...(nth === 0 ? [] : [currency_code])),
        created_at: new Date(Math.min(...own.map((line) => line.occurred_at))),
        status: "completed",
        is_draft_order: false,
        currency_code,
        customer_id,
        email: customer_id ? first.email || undefined : undefined,
        region_id: region?.id,
        sales_channel_id: this.defaults.sales_channel_id ?? undefined,
        no_notification: true,
        metadata: { marketing_imported_from: this.source, external_id: order },
        ...(country ? { shipping_address: { country_code: country } } : {}),
        items: own.map((line) => ({
          ...this.owners.products.get(line.sku)!,
          title: this.survey.catalogue.skus.get(line.sku)?.title || line.sku,
          product_title: line.title || line.sku,
          variant_sku: line.sku,
          quantity: line.quantity,
          unit_price: line.unit_price,
          requires_shipping: false,
        })),
        transactions: [{ amount: Math.round(total * 1e4) / 1e4, currency_code, reference: "import" }],
      }
    })
  }
}
