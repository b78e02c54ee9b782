import fc from "fast-check"
import { EventColumnsBuilder, eventSequence } from ".."
import type { LogEvent } from "../../signals"

const id = fc.option(fc.constantFrom("a_1", "b_2", "ünï"), { nil: null })
const anyEvent: fc.Arbitrary<LogEvent> = fc.record({
  id: fc.uuid(),
  occurred_at: fc.integer({ min: 0, max: 2e12 }),
  type: fc.constantFrom("product_viewed", "cart_item_added", "order_placed"),
  source: fc.constantFrom("browser", "event"),
  visitor_id: id,
  session_id: id,
  customer_id: id,
  product_id: id,
  order_id: id,
  cart_id: id,
  decision_id: id,
  data: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))),
})

describe("events in columns", () => {
  it("read back as they were, after a copy to another thread as well", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
        const builder = new EventColumnsBuilder()
        for (const event of events) builder.add(event)
        const columns = builder.finish()
        expect(
          Object.values(columns).every(
            (part) => !ArrayBuffer.isView(part) || part.buffer instanceof SharedArrayBuffer,
          ),
        ).toBe(true)
        const sequence = eventSequence(columns)
        expect(sequence.length).toBe(events.length)
        for (let i = 0; i < events.length; i++) {
          expect(sequence.at(i)).toEqual(JSON.parse(JSON.stringify(events[i])))
          expect([sequence.timeAt(i), sequence.typeAt(i)]).toEqual([events[i].occurred_at, events[i].type])
        }
      }),
    )
  })
  it("need ids that are UUIDs", () => {
    const event = { id: "evt_1", occurred_at: 0, type: "searched", source: "browser", data: {} } as const
    expect(() => new EventColumnsBuilder().add(event)).toThrow(/"evt_1"/)
  })
})
