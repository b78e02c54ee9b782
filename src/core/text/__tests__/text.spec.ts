import { tfIdf, tokenise } from ".."

describe("tokenise", () => {
  it("drops case, accents, markup, stop words and single letters", () => {
    expect(tokenise("<p>Réglisse</p> for the HER: a 2 x 10cm")).toEqual(["reglisse", "her", "10cm"])
  })

  it("cuts Chinese by dictionary", () => {
    expect(tokenise("红色手机 2024")).toEqual(["红色", "手机", "2024"])
  })

  it("gives nothing for nothing", () => {
    expect(tokenise(" <br> … ")).toEqual([])
  })
})

it("TF-IDF weighs as the formula says and gives rows of length 1", () => {
  const documents = [
    new Map([
      ["red", 3],
      ["lamp", 1],
      ["only", 1],
    ]),
    new Map([
      ["red", 1],
      ["lamp", 1],
    ]),
    new Map([["red", 1]]),
    new Map([["lamp", 1]]),
    new Map([["other", 2]]),
  ]
  const { matrix, terms } = tfIdf(documents.length, (d) => documents[d])
  const row = (d: number) =>
    Object.fromEntries(
      [...matrix.columns.subarray(matrix.offsets[d], matrix.offsets[d + 1])].map((column, i) => [
        terms[column],
        matrix.weights[matrix.offsets[d] + i],
      ]),
    )
  // df of red and lamp is 3 of 5, so their idf is equal; tf of red is 1 + ln 3 against 1.
  const red = 1 + Math.log(3)
  expect(row(0).red).toBeCloseTo(red / Math.hypot(red, 1), 6)
  expect(row(0).lamp).toBeCloseTo(1 / Math.hypot(red, 1), 6)
  expect(Object.keys(row(0))).toEqual(["red", "lamp"])
  expect(row(2)).toEqual({ red: 1 })
  expect(row(4)).toEqual({})
})
