const EVERY_MS = 500

/** Writes progress down at most twice a second; a report that fails does not stop the work. */
export function atMostTwiceASecond<Progress>(
  write: (progress: Progress) => Promise<void>,
): (progress: Progress) => void {
  let last = 0
  return (progress) => {
    const at = performance.now()
    if (at - last < EVERY_MS) return
    last = at
    write(progress).catch(() => undefined)
  }
}
