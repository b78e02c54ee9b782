/** Pixels of padding at the ends of the list, which snapping may scroll away. */
const EDGE = 4

/** Lets a row of cards be moved by its two buttons and by the arrow keys, Home and End; touch scrolls by itself. */
export function makeScrollable(
  list: HTMLElement,
  arrows: HTMLElement,
  back: HTMLButtonElement,
  forth: HTMLButtonElement,
): void {
  const sign = getComputedStyle(list).direction === "rtl" ? -1 : 1
  const measure = (): void => {
    const overflows = list.scrollWidth > list.clientWidth + 1
    arrows.classList.toggle("on", overflows)
    // A list that scrolls must be reachable by keyboard; one that does not is only in the way.
    if (overflows) list.tabIndex = 0
    else if (!list.matches(":focus")) list.removeAttribute("tabindex")
    const scrolled = Math.abs(list.scrollLeft)
    back.disabled = scrolled <= EDGE
    forth.disabled = scrolled + list.clientWidth >= list.scrollWidth - EDGE
  }
  const scroll = (direction: number): void =>
    list.scrollBy({ left: sign * direction * Math.max(120, list.clientWidth * 0.8) })
  back.addEventListener("click", () => scroll(-1))
  forth.addEventListener("click", () => scroll(1))
  list.addEventListener("keydown", (event) => move(list, event, sign))
  list.addEventListener("scroll", measure, { passive: true })
  // Fires once at the start, and again when the shelf is given another width.
  new ResizeObserver(measure).observe(list)
}

/** On the list itself the keys scroll by a card; inside a card they go to the link of another. */
function move(list: HTMLElement, event: KeyboardEvent, sign: number): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const cards = Array.from(list.children) as HTMLElement[]
  const step = { ArrowRight: sign, ArrowLeft: -sign, Home: -cards.length, End: cards.length }[event.key]
  if (step === undefined || cards.length === 0) return
  event.preventDefault()
  const at = cards.findIndex((card) => card.contains(event.target as Node))
  if (at >= 0) {
    const to = cards[Math.max(0, Math.min(cards.length - 1, at + step))]
    to.querySelector("a")?.focus()
    return
  }
  const width = cards.length > 1 ? Math.abs(cards[1].offsetLeft - cards[0].offsetLeft) : list.clientWidth
  list.scrollBy({ left: sign * step * width })
}
