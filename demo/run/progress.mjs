/** Shows what is being done: a line that moves in a terminal, plain lines elsewhere. */
import { setTimeout as sleep } from "node:timers/promises"

const terminal = process.stdout.isTTY && !process.env.CI
const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
const everyPlainLine = 10_000

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

/** The step a terminal line is drawn for; one at a time. */
let current = null

function draw(frame) {
  if (current) {
    const detail = current.detail ? `: ${current.detail}` : ""
    const line = `${frames[frame % frames.length]} ${current.title}${detail} (${seconds(current.since)})`
    process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns ?? 100) - 1)}`)
  }
}

async function redraw(step) {
  for (let frame = 0; current === step; frame++) {
    draw(frame)
    await sleep(120, undefined, { ref: false })
  }
}

export function say(text = "") {
  process.stdout.write(current && terminal ? `\r\x1b[K${text}\n` : `${text}\n`)
}

/** Runs `work(update)` under a title; `update(detail)` says how far it is. Answers what `work` answers. */
export async function step(title, work) {
  const mine = { title, detail: "", since: Date.now(), said: Date.now() }
  if (terminal) {
    current = mine
    void redraw(mine)
  } else {
    say(`… ${title}`)
  }
  const update = (detail) => {
    mine.detail = detail
    if (!terminal && Date.now() - mine.said > everyPlainLine) {
      mine.said = Date.now()
      say(`  ${title}: ${detail} (${seconds(mine.since)})`)
    }
  }
  // A step that has nothing to count still shows that it lives.
  const alive = setInterval(() => {
    if (!terminal && Date.now() - mine.said >= everyPlainLine) {
      mine.said = Date.now()
      say(`  ${title}: ${mine.detail || "still at it"} (${seconds(mine.since)})`)
    }
  }, everyPlainLine)
  try {
    const answer = await work(update)
    finish(mine, "✓")
    return answer
  } catch (error) {
    finish(mine, "✗")
    throw error
  } finally {
    clearInterval(alive)
  }
}

function finish(mine, mark) {
  if (terminal) {
    current = null
    process.stdout.write("\r\x1b[K")
  }
  const detail = mine.detail ? `: ${mine.detail}` : ""
  say(`${mark} ${mine.title}${detail} (${seconds(mine.since)})`)
}
