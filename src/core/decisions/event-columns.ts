import {
  Float64Column,
  IdMap,
  Int32Column,
  stringAt,
  stringTable,
  StringTableBuilder,
  Uint8Column,
  type StringTable,
} from "../data"
import type { EventSource, EventType, LogEvent } from "../signals"

/** The log as a simulation reads it. Times and types are asked of every row, the whole event only of those that matter. */
export interface EventSequence {
  readonly length: number
  timeAt(index: number): number
  typeAt(index: number): EventType
  cartAt(index: number): string | null
  customerAt(index: number): string | null
  at(index: number): LogEvent
}

export function eventList(events: readonly LogEvent[]): EventSequence {
  return {
    length: events.length,
    timeAt: (index) => events[index].occurred_at,
    typeAt: (index) => events[index].type,
    cartAt: (index) => events[index].cart_id ?? null,
    customerAt: (index) => events[index].customer_id ?? null,
    at: (index) => events[index],
  }
}

const REFERENCES = 7
const CUSTOMER = 2
const CART = 5
/** Letters of a UUID. */
const ID = 36

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Events of the log as columns, so that a worker gets them without a copy: 200,000 are some 40 MB as objects and a second of the shop's
 * thread to clone, and 19 MB and nothing to clone so. Columns are in shared memory.
 *
 * `occurred_at`: Unix milliseconds. `type`, `source`: places in `types` and `sources`. `references`: seven a row in the order
 * visitor, session, customer, product, order, cart, decision: rows of `names`, -1 where null. `ids`: 36 letters a row. `data`: JSON.
 */
export interface EventColumns {
  length: number
  occurred_at: Float64Array
  type: Uint8Array
  types: EventType[]
  source: Uint8Array
  sources: EventSource[]
  references: Int32Array
  names: StringTable
  ids: Uint8Array
  data: StringTable
}

/** add, then finish once. */
export class EventColumnsBuilder {
  private readonly times = new Float64Column()
  private readonly type = new Uint8Column()
  private readonly source = new Uint8Column()
  private readonly references = new Int32Column()
  private readonly ids = new Uint8Column()
  private readonly data = new StringTableBuilder()
  private readonly types = new IdMap()
  private readonly sources = new IdMap()
  private readonly names = new IdMap()
  private readonly letters = Buffer.alloc(ID)

  get length(): number {
    return this.times.length
  }

  /** @throws RangeError when the id is no UUID */
  add(event: LogEvent): void {
    this.addWithData(event, JSON.stringify(event.data))
  }

  /** Like `add`, with the event's data as JSON: a database gives it so, and nobody need parse it on the way. */
  addWithData(event: Omit<LogEvent, "data">, data: string): void {
    this.addId(event.id)
    this.times.push(event.occurred_at)
    this.type.push(this.types.add(event.type))
    this.source.push(this.sources.add(event.source))
    this.addReference(event.visitor_id)
    this.addReference(event.session_id)
    this.addReference(event.customer_id)
    this.addReference(event.product_id)
    this.addReference(event.order_id)
    this.addReference(event.cart_id)
    this.addReference(event.decision_id)
    this.data.add(data)
  }

  private addReference(id: string | null | undefined): void {
    this.references.push(id == null ? -1 : this.names.add(id))
  }

  private addId(id: string): void {
    if (!UUID.test(id)) throw new RangeError(`event columns: an event's id is a UUID, got "${id}"`)
    this.letters.write(id, "latin1")
    this.ids.pushAll(this.letters)
  }

  finish(): EventColumns {
    return {
      length: this.times.length,
      occurred_at: this.times.finish(),
      type: this.type.finish(),
      types: this.types.ids() as EventType[],
      source: this.source.finish(),
      sources: this.sources.ids() as EventSource[],
      references: this.references.finish(),
      names: stringTable(this.names.ids()),
      ids: this.ids.finish(),
      data: this.data.finish(),
    }
  }
}

/** Reads columns as events, one made at each `at`. */
export function eventSequence(columns: EventColumns): EventSequence {
  const names: string[] = []
  for (let row = 0; row < columns.names.length; row++) names.push(stringAt(columns.names, row))
  const { occurred_at, type, types, source, sources, references } = columns
  const letters = bufferOver(columns.ids)
  const json = bufferOver(columns.data.bytes)
  const starts = columns.data.offsets
  const reference = (place: number): string | null => {
    const row = references[place]
    return row === -1 ? null : names[row]
  }
  return {
    length: columns.length,
    timeAt: (index) => occurred_at[index],
    typeAt: (index) => types[type[index]],
    cartAt: (index) => reference(REFERENCES * index + CART),
    customerAt: (index) => reference(REFERENCES * index + CUSTOMER),
    at(index) {
      const first = REFERENCES * index
      return {
        id: letters.toString("latin1", ID * index, ID * (index + 1)),
        occurred_at: occurred_at[index],
        type: types[type[index]],
        source: sources[source[index]],
        visitor_id: reference(first),
        session_id: reference(first + 1),
        customer_id: reference(first + CUSTOMER),
        product_id: reference(first + 3),
        order_id: reference(first + 4),
        cart_id: reference(first + CART),
        decision_id: reference(first + 6),
        data: JSON.parse(json.toString("utf8", starts[index], starts[index + 1])) as Record<string, unknown>,
      }
    },
  }
}

function bufferOver({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
