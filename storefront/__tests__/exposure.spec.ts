import { Exposure } from "../exposure"

/** A browser's observer: tells once rendering goes on, which in the background it does not. */
class FakeObserver {
  static all: FakeObserver[] = []
  private observing = false

  constructor(private readonly callback: (entries: { intersectionRatio: number }[]) => void) {
    FakeObserver.all.push(this)
  }
  observe(): void {
    this.observing = true
  }
  disconnect(): void {
    this.observing = false
  }
  tell(intersectionRatio: number): void {
    if (this.observing) this.callback([{ intersectionRatio }])
  }
  static get last(): FakeObserver {
    return this.all[this.all.length - 1]
  }
}

const browser = globalThis as unknown as { document?: unknown; IntersectionObserver?: unknown }
const view = { visibilityState: "visible" }

beforeEach(() => {
  jest.useFakeTimers()
  FakeObserver.all = []
  view.visibilityState = "visible"
  browser.document = view
  browser.IntersectionObserver = FakeObserver
})
afterEach(() => {
  jest.useRealTimers()
  delete browser.document
  delete browser.IntersectionObserver
})

function watched(take: () => boolean = () => true) {
  const taken = jest.fn(take)
  const exposure = new Exposure({} as Element, taken)
  exposure.watch()
  return { exposure, taken }
}

test("half in view for a second is an exposure, once", () => {
  const { taken } = watched()
  FakeObserver.last.tell(0.5)
  jest.advanceTimersByTime(999)
  expect(taken).not.toHaveBeenCalled()
  jest.advanceTimersByTime(1)
  expect(taken).toHaveBeenCalledTimes(1)
  FakeObserver.last.tell(1)
  jest.advanceTimersByTime(5000)
  expect(taken).toHaveBeenCalledTimes(1)
})

test("less than half, a shorter while, or a shelf that is gone is none", () => {
  const { exposure, taken } = watched()
  FakeObserver.last.tell(0.4)
  jest.advanceTimersByTime(2000)
  FakeObserver.last.tell(0.6)
  jest.advanceTimersByTime(500)
  FakeObserver.last.tell(0.4)
  jest.advanceTimersByTime(2000)
  FakeObserver.last.tell(0.6)
  exposure.stop()
  jest.advanceTimersByTime(2000)
  expect(taken).not.toHaveBeenCalled()
})

test("a page that went to the background counts when it is looked at again", () => {
  const { taken } = watched()
  FakeObserver.last.tell(1)
  view.visibilityState = "hidden"
  jest.advanceTimersByTime(10_000)
  expect(taken).not.toHaveBeenCalled()
  view.visibilityState = "visible"
  FakeObserver.last.tell(1)
  jest.advanceTimersByTime(1000)
  expect(taken).toHaveBeenCalledTimes(1)
})

test("what was not taken is told again when it comes back into view", () => {
  let granted = false
  const { taken } = watched(() => granted)
  FakeObserver.last.tell(1)
  jest.advanceTimersByTime(1000)
  granted = true
  FakeObserver.last.tell(0)
  FakeObserver.last.tell(1)
  jest.advanceTimersByTime(1000)
  expect(taken.mock.results.map(({ value }) => value as boolean)).toEqual([false, true])
})
