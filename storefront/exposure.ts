/** Milliseconds in view that make an exposure. */
const SHOWN_FOR = 1000

/** Tells when at least half of an element has been in view for a second; once, unless it was not taken. */
export class Exposure {
  private timer: ReturnType<typeof setTimeout> | undefined
  private observer: IntersectionObserver | undefined

  /** `take` records it; false: not now. */
  constructor(
    private readonly element: Element,
    private readonly take: () => boolean,
  ) {}

  watch(): void {
    this.stop()
    this.observer = new IntersectionObserver(
      (entries) => {
        clearTimeout(this.timer)
        if (entries[entries.length - 1].intersectionRatio < 0.5) return
        this.timer = setTimeout(() => {
          // A page in the background shows nothing: observed anew, the second begins when it is looked at again.
          if (document.visibilityState !== "visible") this.watch()
          else if (this.take()) this.stop()
        }, SHOWN_FOR)
      },
      { threshold: 0.5 },
    )
    this.observer.observe(this.element)
  }

  stop(): void {
    this.observer?.disconnect()
    clearTimeout(this.timer)
  }
}
