import fc from "fast-check"
import {
  groupRows,
  Int32Column,
  packArtefact,
  rowOf,
  seededRandom,
  shuffle,
  stringAt,
  stringTable,
  TopK,
  transpose,
  unpackArtefact,
  withIndex,
} from ".."

describe("string table", () => {
  it("gives back every string and finds its first row", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), fc.string(), (strings, other) => {
        const table = withIndex(stringTable(strings))
        expect(strings.map((_, row) => stringAt(table, row))).toEqual(strings)
        for (const text of [...strings, other]) expect(rowOf(table, text)).toBe(strings.indexOf(text))
      }),
    )
  })

  it("refuses a row that is not there, and a search without an index", () => {
    expect(() => stringAt(stringTable(["a"]), 1)).toThrow("row must be 0 to 0, got 1")
    expect(() => rowOf(stringTable(["a"]), "a")).toThrow("withIndex")
  })
})

describe("top k", () => {
  it("keeps what sorting by score, then row, would put first", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.nat(12), (scores, k) => {
        const top = new TopK(k)
        scores.forEach((score, row) => top.offer(row, score))
        const rows = new Int32Array(k)
        const kept = top.drain(rows, new Float64Array(k))
        const naive = scores
          .map((score, row) => ({ score, row }))
          .sort((a, b) => b.score - a.score || a.row - b.row)
        expect([...rows.subarray(0, kept)]).toEqual(naive.slice(0, k).map(({ row }) => row))
      }),
    )
  })

  it("is empty after it was drained", () => {
    const top = new TopK(2)
    top.offer(1, 1)
    top.drain(new Int32Array(2), new Float64Array(2))
    expect(top.drain(new Int32Array(2), new Float64Array(2))).toBe(0)
  })
})

it("a column keeps its values across chunks", () => {
  const column = new Int32Column()
  for (let i = 0; i < 140_000; i++) column.push(i)
  const values = column.finish()
  expect(values.length).toBe(140_000)
  expect(values.every((value, i) => value === i)).toBe(true)
})

it("rows are grouped by key in order of arrival, without keys below 0", () => {
  const { offsets, rows } = groupRows(Int32Array.of(1, -1, 0, 1), 3)
  expect([...offsets]).toEqual([0, 1, 3, 3])
  expect([...rows]).toEqual([2, 0, 3])
})

it("transposing twice gives the matrix back", () => {
  const entry = fc.uniqueArray(fc.tuple(fc.nat(4), fc.nat(3)), { selector: (e) => e.join() })
  fc.assert(
    fc.property(entry, (entries) => {
      const sorted = [...entries].sort((a, b) => a[0] - b[0] || a[1] - b[1])
      const { offsets } = groupRows(
        Int32Array.from(sorted, (e) => e[0]),
        5,
      )
      const columns = Int32Array.from(sorted, (e) => e[1])
      const csr = {
        rows: 5,
        columnCount: 4,
        offsets,
        columns,
        weights: Float32Array.from(columns, (_, i) => i),
      }
      expect(transpose(transpose(csr))).toEqual(csr)
    }),
  )
})

it("one seed gives one sequence, another seed another", () => {
  const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed).next)
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  const shuffled = shuffle(
    Int32Array.from({ length: 50 }, (_, i) => i),
    seededRandom(1),
  )
  expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i))
  expect([...shuffled]).not.toEqual([...shuffled].sort((a, b) => a - b))
})

describe("artefact", () => {
  const arrays = {
    a: Float64Array.of(1.5, -2),
    b: Uint8Array.of(1, 2, 3),
    c: Int32Array.of(-7),
    d: new Float32Array(0),
  }
  const bytes = packArtefact({ kind: "test", version: 3, meta: { name: "红色" }, arrays })

  it("gives back what was packed, as views, wherever the bytes lie", () => {
    for (const shift of [0, 8, 3]) {
      const moved = new Uint8Array(bytes.length + shift)
      moved.set(bytes, shift)
      const { meta, arrays: read } = unpackArtefact(moved.subarray(shift), "test", 3)
      expect(meta).toEqual({ name: "红色" })
      expect(read).toEqual(arrays)
      expect(read.a.buffer === moved.buffer).toBe(shift % 8 === 0)
    }
  })

  it("says what is wrong with bytes it cannot read", () => {
    expect(() => unpackArtefact(bytes, "other", 3)).toThrow('it holds "test", wanted "other"')
    expect(() => unpackArtefact(bytes, "test", 4)).toThrow("test version 3 is not 4")
    expect(() => unpackArtefact(bytes.subarray(0, 40), "test", 3)).toThrow("were written, 40 are here")
    expect(() => unpackArtefact(new Uint8Array(5), "test", 3)).toThrow("got 5")
    expect(() => unpackArtefact(new Uint8Array(100), "test", 3)).toThrow("not those of a model")
  })

  it("notices any changed byte", () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(bytes)
        changed[at] ^= change
        expect(() => unpackArtefact(changed, "test", 3)).toThrow("artefact:")
      }),
    )
  })
})
