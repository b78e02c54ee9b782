import { Titles } from "../titles"
import { memoryStore } from "./page"

test("the page's own name for a product goes before the one that came with an answer", () => {
  const titles = new Titles(memoryStore())
  titles.learn("p", "Moka pot")
  expect([titles.of("p"), titles.toldOf("p")]).toEqual(["Moka pot", undefined])
  titles.tell("p", "摩卡壶")
  titles.learn("p", "Moka pot")
  expect([titles.of("p"), titles.toldOf("p")]).toEqual(["摩卡壶", "摩卡壶"])
})

test("the last 20 products that were looked at are still called by name on the next page, others are not", () => {
  const values = new Map<string, string>()
  const titles = new Titles(memoryStore(values))
  for (let i = 0; i < 22; i++) {
    titles.learn(`p${i}`, `Cup ${i}`)
    if (i < 21) titles.keep(`p${i}`)
  }
  titles.keep("unknown")
  const next = new Titles(memoryStore(values))
  expect(["p0", "p1", "p20", "p21", "unknown"].map((id) => next.of(id))).toEqual([
    undefined,
    "Cup 1",
    "Cup 20",
    undefined,
    undefined,
  ])
  next.forget()
  expect(new Titles(memoryStore(values)).of("p20")).toBeUndefined()
})
