import fc from "fast-check"
import { DueHeap } from ".."

describe("what is due", () => {
  it("comes by time, then by key, as sorting would give it, whatever is pushed between", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom("a", "b", "c"))), {
          maxLength: 60,
        }),
        (steps) => {
          const heap = new DueHeap()
          const naive: [number, string][] = []
          for (const step of steps) {
            if (step === null) {
              const first = naive.shift()
              expect(heap.firstTime).toBe(first?.[0] ?? Infinity)
              if (first !== undefined) expect(heap.firstKey).toBe(first[1])
              heap.pop()
            } else {
              heap.push(...step)
              naive.push(step)
              naive.sort(([a, k], [b, l]) => a - b || (k < l ? -1 : k > l ? 1 : 0))
            }
            expect(heap.size).toBe(naive.length)
          }
        },
      ),
    )
  })
})
