/** Counts the seconds a page has been in the foreground. */
export class Attention {
  private since: number | undefined
  private milliseconds = 0

  constructor(private readonly now: () => number) {}

  resume(): void {
    this.since ??= this.now()
  }

  pause(): void {
    if (this.since !== undefined) this.milliseconds += this.now() - this.since
    this.since = undefined
  }

  /** Seconds since the last time they were taken, to a tenth. */
  take(): number {
    const running = this.since !== undefined
    this.pause()
    const seconds = Math.round(this.milliseconds / 100) / 10
    this.milliseconds = 0
    if (running) this.resume()
    return Math.max(0, seconds)
  }
}
