import type { Marketing } from "./marketing"

let running: Marketing | undefined
const waiting: ((marketing: Marketing) => void)[] = []

/** The elements on the page may be there before the kit is told its key, or after. */
export function whenRunning(callback: (marketing: Marketing) => void): void {
  if (running) callback(running)
  else waiting.push(callback)
}

export function setRunning(marketing: Marketing): void {
  running = marketing
  for (const callback of waiting.splice(0)) callback(marketing)
}

/** So that importing the kit on a server, where there are no elements, does no harm. */
export const ElementBase: typeof HTMLElement =
  typeof HTMLElement === "undefined" ? (class {} as unknown as typeof HTMLElement) : HTMLElement
