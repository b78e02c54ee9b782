import fc from "fast-check"
import { packArtefact, seededRandom, unpackArtefact, type ArtefactArray } from "../../data"
import { fitSessionKnn, type SessionIndex } from "../session-index"
import { SESSION_KNN_DEFAULTS, SessionScorer, type SessionKnnOptions } from "../session-knn"
import { sessionsOf, sliceSessions, type SessionColumns } from "../sessions"
import { measureSessions, sessionRank, tuneSessionKnn } from "../tune-session-knn"
import type { InteractionColumns } from "../types"

const DAY = 86_400_000
const MINUTE = 60_000

/** Options under which every factor but those named is 1 and nothing returns. */
const PLAIN: SessionKnnOptions = {
  live_items: 20,
  live_decay: 1,
  idf: 0,
  recency: Infinity,
  length_exponent: 0,
  neighbours: 100,
  reach: Infinity,
  backward: 1,
  item_idf: 0,
  own: 1,
  repeat_prior: 0,
  repeat_strength: 1,
  repeat_reach: 1,
  repeat_last: 1,
}

function columnsOf(
  sessions: number[][],
  products: number,
  ends = sessions.map((_, s) => s * DAY),
): SessionColumns {
  const offsets = new Int32Array(sessions.length + 1)
  for (let s = 0; s < sessions.length; s++) offsets[s + 1] = offsets[s] + sessions[s].length
  return {
    length: sessions.length,
    products,
    offsets,
    items: Int32Array.from(sessions.flat()),
    end: Float64Array.from(ends),
  }
}

function scoresOf(scorer: SessionScorer): Map<number, number> {
  return new Map(Array.from(scorer.touched.subarray(0, scorer.length), (row) => [row, scorer.score[row]]))
}

/** The same model written from its formula: maps, every session looked at, nothing reused. */
function naive(
  sessions: number[][],
  ends: number[],
  live: number[],
  now: number,
  options: SessionKnnOptions,
): Map<number, number> {
  const seen = live.slice(-options.live_items)
  const holders = (item: number): number => sessions.filter((session) => session.includes(item)).length
  const idf = (item: number, exponent: number): number =>
    holders(item) === 0 ? 0 : Math.log((sessions.length + 1) / holders(item)) ** exponent
  const distinct = [...new Set(seen)]
  const weight = new Map(
    distinct.map((item) => [
      item,
      Math.exp(-(seen.length - 1 - seen.lastIndexOf(item)) / options.live_decay),
    ]),
  )
  const voters = sessions
    .map((session, s) => {
      const shared = distinct.filter((item) => session.includes(item))
      const sum = shared.reduce((total, item) => total + (weight.get(item) ?? 0) * idf(item, options.idf), 0)
      const age = Math.max(0, now - ends[s])
      const similarity = sum / (1 + age / options.recency) / session.length ** options.length_exponent
      return { s, session, similarity }
    })
    .filter(({ similarity }) => similarity > 0)
    .sort((a, b) => b.similarity - a.similarity || a.s - b.s)
    .slice(0, options.neighbours)
  const scores = new Map<number, number>()
  for (const { session, similarity } of voters) {
    const weights = session.map((item) => weight.get(item) ?? 0)
    const match = weights.lastIndexOf(Math.max(...weights))
    session.forEach((item, place) => {
      if (place === match) return
      const distance = Math.abs(place - match)
      const part =
        similarity * Math.exp(-(distance - 1) / options.reach) * (place < match ? options.backward : 1)
      scores.set(item, (scores.get(item) ?? 0) + part * idf(item, options.item_idf))
    })
  }
  const total = [...scores.values()].reduce((a, b) => a + b, 0) || 1
  const returned = seen.length - distinct.length
  const chance =
    (returned + options.repeat_prior * options.repeat_strength) / (seen.length - 1 + options.repeat_strength)
  const returns = new Map<number, number>()
  seen.forEach((item, place) => {
    const lag = seen.length - 1 - place
    const part = (lag === 0 ? options.repeat_last : 1) / (1 + lag / options.repeat_reach)
    returns.set(item, (returns.get(item) ?? 0) + part)
  })
  const all = [...returns.values()].reduce((a, b) => a + b, 0) || 1
  for (const item of distinct) {
    const share = ((returns.get(item) ?? 0) / all) * total * (chance / (1 - chance))
    scores.set(item, (scores.get(item) ?? 0) * options.own + share)
  }
  return new Map([...scores].filter(([, score]) => score > 0))
}

describe("session-kNN", () => {
  it("scores two neighbours as by hand", () => {
    // Live 0, 1. Session [0, 2] shares 0 with weight e^-1, session [1, 3, 2] shares 1 with weight 1.
    const index = fitSessionKnn(
      columnsOf(
        [
          [0, 2],
          [1, 3, 2],
        ],
        4,
      ),
    )
    const scorer = new SessionScorer(index)
    scorer.run([0, 1], 2 * DAY, { ...PLAIN, reach: 1 })
    expect(scorer.length).toBe(2)
    expect(scorer.score[3]).toBeCloseTo(1, 12)
    expect(scorer.score[2]).toBeCloseTo(Math.exp(-1) + Math.exp(-1), 12)
  })

  it("counts a neighbour of age `recency` half, and an entry before the match by `backward`", () => {
    const index = fitSessionKnn(
      columnsOf(
        [
          [1, 0],
          [0, 2],
        ],
        3,
        [0, 3 * DAY],
      ),
    )
    const scorer = new SessionScorer(index)
    scorer.run([0], 3 * DAY, { ...PLAIN, recency: 3 * DAY, backward: 0.4 })
    expect(scorer.score[1]).toBeCloseTo(0.5 * 0.4, 12)
    expect(scorer.score[2]).toBeCloseTo(1, 12)
  })

  it("gives returns the chance that the session itself shows", () => {
    // Live 0, 1, 0: one return in two steps; (1 + 0.5 x 2) / (2 + 2) = 1/2, so returns weigh as much as all neighbours.
    const index = fitSessionKnn(
      columnsOf(
        [
          [0, 2],
          [3, 2],
        ],
        4,
      ),
    )
    const scorer = new SessionScorer(index)
    scorer.run([0, 1, 0], DAY, { ...PLAIN, repeat_prior: 0.5, repeat_strength: 2 })
    // By lag: item 0 has 1 + 1/3, item 1 has 1/2.
    expect(scorer.score[2]).toBeCloseTo(1, 12)
    expect(scorer.score[0]).toBeCloseTo(4 / 3 / (4 / 3 + 1 / 2), 12)
    expect(scorer.score[1]).toBeCloseTo(1 / 2 / (4 / 3 + 1 / 2), 12)
  })

  it("never scores an item of the live session when returns are not wanted", () => {
    const index = fitSessionKnn(
      columnsOf(
        [
          [0, 1, 2],
          [1, 0, 2],
        ],
        3,
      ),
    )
    const scorer = new SessionScorer(index)
    scorer.run([0, 1], DAY, SESSION_KNN_DEFAULTS, false)
    expect([...scoresOf(scorer).keys()]).toEqual([2])
    expect(scorer.score[0] + scorer.score[1]).toBe(0)
  })

  it("equals the naive model, whatever the sessions and the options, also when the scorer is used again", () => {
    const session = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 7 })
    const options = fc.record<SessionKnnOptions>({
      live_items: fc.integer({ min: 1, max: 8 }),
      live_decay: fc.constantFrom(0.7, 3, 20),
      idf: fc.constantFrom(0, 0.5, 2),
      recency: fc.constantFrom(DAY, 20 * DAY, Infinity),
      length_exponent: fc.constantFrom(0, 0.5, 1),
      // A cut through equal similarities would depend on rounding.
      neighbours: fc.constant(100),
      reach: fc.constantFrom(0.8, 4, Infinity),
      backward: fc.constantFrom(0, 0.3, 1),
      item_idf: fc.constantFrom(0, 0.25, 1),
      own: fc.constantFrom(0, 0.5, 1.5),
      repeat_prior: fc.constantFrom(0, 0.1, 0.6),
      repeat_strength: fc.constantFrom(1, 4),
      repeat_reach: fc.constantFrom(0.5, 5),
      repeat_last: fc.constantFrom(0, 1, 2),
    })
    fc.assert(
      fc.property(
        fc.array(session, { minLength: 1, maxLength: 12 }),
        fc.array(fc.tuple(session, options), { minLength: 1, maxLength: 3 }),
        (sessions, calls) => {
          const columns = columnsOf(sessions, 8)
          const scorer = new SessionScorer(fitSessionKnn(columns))
          for (const [live, given] of calls) {
            scorer.run(live, 12 * DAY, given)
            const expected = naive(sessions, [...columns.end], live, 12 * DAY, given)
            const scores = scoresOf(scorer)
            expect(scores.size).toBe(scorer.length)
            expect(new Set(scores.keys())).toEqual(new Set(expected.keys()))
            for (const [row, score] of expected) {
              expect(Math.abs((scores.get(row) ?? 0) - score)).toBeLessThan(1e-9 * Math.max(1, score))
            }
          }
        },
      ),
    )
  })

  it("lets only the most similar neighbours vote, the more recent ones here", () => {
    const index = fitSessionKnn(
      columnsOf(
        [
          [0, 1],
          [0, 2],
          [0, 3],
        ],
        4,
      ),
    )
    const scorer = new SessionScorer(index)
    scorer.run([0], 2 * DAY, { ...PLAIN, recency: DAY, neighbours: 2 })
    expect(new Set(scoresOf(scorer).keys())).toEqual(new Set([2, 3]))
  })

  it("keeps the most recent sessions, the most recent of a product, and a long session's end", () => {
    const columns = columnsOf(
      [
        [0, 1],
        [0, 2],
        [0, 3],
        [4, 5, 6, 0],
      ],
      7,
    )
    const two = fitSessionKnn(columns, { sessions_per_item: 2 })
    expect([...two.postings.subarray(two.posting_offsets[0], two.posting_offsets[1])]).toEqual([2, 3])
    expect(two.sessions_of[0]).toBe(4)
    const last = fitSessionKnn(columns, { sessions: 1, session_length: 2 })
    expect([...last.items]).toEqual([6, 0])
    expect([...last.end]).toEqual([3 * DAY])
    expect(last.sessions_of[0]).toBe(1)
  })

  it("tells which live item spoke for a product, in how many of its neighbour sessions", () => {
    const index = fitSessionKnn(
      columnsOf(
        [
          [0, 2],
          [1, 2],
          [1, 2],
          [1, 3],
          [4, 2],
        ],
        5,
      ),
    )
    const scorer = new SessionScorer(index)
    scorer.run([0, 1], 5 * DAY, PLAIN)
    expect(scorer.evidenceOf(2)).toEqual({ item: 1, both: 2, of: 3 })
    expect(scorer.evidenceOf(3)).toEqual({ item: 1, both: 1, of: 3 })
    expect(scorer.evidenceOf(1)).toBeNull()
    expect(scorer.evidenceOf(4)).toBeNull()
  })

  it("tells the same evidence as counting by hand would, whatever the sessions", () => {
    const session = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(fc.array(session, { minLength: 1, maxLength: 15 }), session, (sessions, live) => {
        const scorer = new SessionScorer(fitSessionKnn(columnsOf(sessions, 7)))
        scorer.run(live, 15 * DAY, PLAIN)
        const shared = sessions.filter((items) => items.some((item) => live.includes(item)))
        for (let row = 0; row < 7; row++) {
          const evidence = scorer.evidenceOf(row)
          const holding = shared.filter((items) => items.includes(row))
          expect(evidence === null).toBe(
            !holding.some((items) => items.some((x) => x !== row && live.includes(x))),
          )
          if (evidence === null) continue
          expect(live).toContain(evidence.item)
          expect(evidence.of).toBe(shared.filter((items) => items.includes(evidence.item)).length)
          expect(evidence.both).toBe(holding.filter((items) => items.includes(evidence.item)).length)
        }
      }),
    )
  })

  it("answers a session of unknown products, and an empty one, with nothing new", () => {
    const scorer = new SessionScorer(fitSessionKnn(columnsOf([[0, 1]], 3)))
    scorer.run([2, -1], 0, SESSION_KNN_DEFAULTS, false)
    expect(scorer.length).toBe(0)
    scorer.run([], 0, SESSION_KNN_DEFAULTS)
    expect(scorer.length).toBe(0)
  })

  it("refuses a session that names a product outside the catalogue", () => {
    expect(() => fitSessionKnn(columnsOf([[0, 9]], 3))).toThrow(
      "product row 9 in a session; rows go from 0 to 2",
    )
  })

  it("answers the same after a trip through an artefact", () => {
    const { version, products, ...arrays } = fitSessionKnn(
      columnsOf(
        [
          [0, 2],
          [1, 3, 2],
          [0, 1],
        ],
        4,
      ),
    )
    const bytes = packArtefact({ kind: "sessions", version, meta: { products }, arrays })
    const read = unpackArtefact(bytes, "sessions", 1).arrays as Record<keyof typeof arrays, ArtefactArray>
    const before = new SessionScorer({ version, products, ...arrays })
    const after = new SessionScorer({ version: 1, products, ...read } as SessionIndex)
    before.run([0, 1], 3 * DAY, SESSION_KNN_DEFAULTS)
    after.run([0, 1], 3 * DAY, SESSION_KNN_DEFAULTS)
    expect(scoresOf(after)).toEqual(scoresOf(before))
  })
})

describe("sessions", () => {
  function interactionsOf(rows: [subject: number, product: number, minute: number][]): InteractionColumns {
    return {
      length: rows.length,
      subject: Int32Array.from(rows, ([subject]) => subject),
      basket: new Int32Array(rows.length).fill(-1),
      product: Int32Array.from(rows, ([, product]) => product),
      kind: new Uint8Array(rows.length),
      at: Float64Array.from(rows, ([, , minute]) => minute * MINUTE),
      country: new Int32Array(rows.length).fill(-1),
      channel: new Int32Array(rows.length).fill(-1),
      subjects: 3,
      baskets: 0,
    }
  }

  it("end at a pause of more than half an hour, and stand in order of their ends", () => {
    const rows: [number, number, number][] = [
      [0, 0, 0],
      [0, 1, 30],
      [0, 2, 61],
      [0, 3, 62],
      [1, 4, 10],
      [1, 5, 20],
    ]
    const cut = sessionsOf(interactionsOf(rows), Infinity, 6)
    expect([...cut.items]).toEqual([4, 5, 0, 1, 2, 3])
    expect([...cut.offsets]).toEqual([0, 2, 4, 6])
    expect([...cut.end]).toEqual([20 * MINUTE, 30 * MINUTE, 62 * MINUTE])
  })

  it("count a product several times in a row once, and leave out what has no second product", () => {
    const rows: [number, number, number][] = [
      [0, 7, 0],
      [0, 7, 1],
      [1, 2, 5],
      [1, 2, 6],
      [1, 3, 7],
      [1, 2, 8],
    ]
    const cut = sessionsOf(interactionsOf(rows), Infinity, 8)
    expect([...cut.items]).toEqual([2, 3, 2])
    expect(cut.length).toBe(1)
  })

  it("are the same whatever the order of arrival, and end at `until`", () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 5 }))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.integer({ min: 0, max: 600 }), (picked, until) => {
        // Distinct times: of two things at one time none is the first.
        const rows = picked.map(([s, p], i): [number, number, number] => [s, p, i * (i % 3 === 0 ? 17 : 13)])
        const straight = sessionsOf(interactionsOf(rows), until * MINUTE, 6)
        expect(sessionsOf(interactionsOf([...rows].reverse()), until * MINUTE, 6)).toEqual(straight)
        for (const end of straight.end) expect(end).toBeLessThanOrEqual(until * MINUTE)
      }),
    )
  })
})

describe("choosing how sessions are scored", () => {
  /** Sessions walk through rings of products; with `returning` they come back to the product before the last. */
  function walks(count: number, returning: number): SessionColumns {
    const random = seededRandom(11)
    const sessions: number[][] = []
    for (let s = 0; s < count; s++) {
      const session = [random.below(60)]
      for (let i = 0; i < 6; i++) {
        const last = session[session.length - 1]
        const back = session.length > 1 && random.next() < returning
        const step = 1 + random.below(2)
        session.push(back ? session[session.length - 2] : ((last + step) % 10) + 10 * Math.floor(last / 10))
      }
      sessions.push(session)
    }
    return columnsOf(sessions, 60)
  }

  it("finds that shoppers return where they do, and does better for it", () => {
    const sessions = walks(600, 0.6)
    const tuned = tuneSessionKnn(sessions, { cases: 300 })
    const scorer = new SessionScorer(fitSessionKnn(sliceSessions(sessions, 0, 540)))
    const heldOut = sliceSessions(sessions, 540, 600)
    const never = { ...tuned.options, repeat_prior: 0, repeat_strength: 1e9, own: 0 }
    expect(tuned.figures.mrr20).toBeGreaterThan(measureSessions(scorer, heldOut, never).mrr20 + 0.1)
    expect(tuned.figures.cases).toBe(300)
  })

  it("finds the next product of a known walk among the first two", () => {
    const sessions = walks(600, 0)
    const { options, figures } = tuneSessionKnn(sessions, { cases: 300 })
    expect(figures.mrr20).toBeGreaterThan(0.65)
    const scorer = new SessionScorer(fitSessionKnn(sessions))
    scorer.run([12, 13], sessions.end[599], options, false)
    expect(sessionRank(scorer, 14) + sessionRank(scorer, 15)).toBe(3)
  })

  it("keeps the defaults where there is nothing to measure on", () => {
    const { figures, options } = tuneSessionKnn(columnsOf([[0, 1]], 2))
    expect(figures.cases).toBe(0)
    expect(options).toEqual(SESSION_KNN_DEFAULTS)
  })
})
