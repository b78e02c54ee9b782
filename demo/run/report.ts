/** The lines by which prepare.ts tells the launcher how far it is. */
export function began(title: string): void {
  console.log(`::progress ${JSON.stringify({ title })}`)
}

const EVERY_MS = 200
let last = 0

export function progress(title: string, done: number, total: number | null, unit?: string): void {
  if (done !== total && Date.now() - last < EVERY_MS) {
    return
  }
  last = Date.now()
  console.log(`::progress ${JSON.stringify({ title, done, total, unit })}`)
}
