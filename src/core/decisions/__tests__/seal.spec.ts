import { createHash } from "node:crypto"
import fc from "fast-check"
import { auditHash, canonicalJson, FIRST_HASH, sealHash, type SealedDecision } from ".."
import { NOON, proposalWith } from "./fixtures"

const decision = (id: string): SealedDecision => ({
  id,
  decided_at: NOON,
  capability: "offers",
  automation_id: "mauto_1",
  automation_version: 1,
  model_id: null,
  subject_type: "customer",
  action_type: "message",
  channel: "email",
  value_amount: 5000,
  value_currency: "eur",
  cost_amount: 100,
  cost_currency: "eur",
  mode: "on",
  outcome: "act",
  verdict: { allowed: true, reasons: [], defer_until: null },
  explanation: proposalWith().explanation,
  held_out: null,
  experiment_id: null,
  arm: null,
})
const entry = {
  number: 1,
  at: NOON,
  actor_id: "user_1",
  action: "capability.mode",
  target: "offers",
  before: { mode: "off" },
  after: { mode: "on" },
}

describe("canonical JSON", () => {
  it("sorts keys, drops what is undefined and writes no space", () => {
    expect(canonicalJson({ b: [1, undefined, { d: null, c: "é\n" }], a: -0, x: undefined })).toBe(
      '{"a":0,"b":[1,null,{"c":"é\\n","d":null}]}',
    )
  })
  it("is the same for any order of keys, and reads back as what it was", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        // -0 is 0 in JSON.
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
  it("refuses what JSON cannot say", () => {
    expect(() => canonicalJson({ a: NaN })).toThrow(/NaN/)
    expect(() => canonicalJson([() => 1])).toThrow(/function/)
  })
})

describe("the audit chain", () => {
  it("hashes its name, the former hash and the entry", () => {
    const text =
      `audit\n${FIRST_HASH}\n` +
      '{"action":"capability.mode","actor_id":"user_1","after":{"mode":"on"},"at":1795521600000,"before":{"mode":"off"},"number":1,"target":"offers"}'
    expect(auditHash(FIRST_HASH, entry)).toBe(createHash("sha256").update(text).digest("hex"))
  })
  it("changes with every field and with the former hash", () => {
    const hash = auditHash(FIRST_HASH, entry)
    const others = [
      auditHash(hash, entry),
      auditHash(FIRST_HASH, { ...entry, number: 2 }),
      auditHash(FIRST_HASH, { ...entry, at: NOON + 1 }),
      auditHash(FIRST_HASH, { ...entry, actor_id: "user_2" }),
      auditHash(FIRST_HASH, { ...entry, action: "guard" }),
      auditHash(FIRST_HASH, { ...entry, target: "prices" }),
      auditHash(FIRST_HASH, { ...entry, before: null }),
      auditHash(FIRST_HASH, { ...entry, after: { mode: "shadow" } }),
    ]
    expect(new Set([hash, ...others]).size).toBe(9)
  })
  it("refuses a former hash that is none", () => {
    expect(() => auditHash("", entry)).toThrow(/64 hexadecimal/)
  })
})

describe("a seal", () => {
  const heldBy = (data: Record<string, string>): SealedDecision["verdict"] => ({
    allowed: false,
    reasons: [{ code: "hold", data, until: NOON }],
    defer_until: NOON,
  })
  it("is the same for its decisions in any order", () => {
    const three = ["c", "a", "b"].map(decision)
    expect(sealHash(FIRST_HASH, three)).toBe(sealHash(FIRST_HASH, three.slice().reverse()))
  })
  it("changes when a decision is changed in any sealed field, dropped or inserted", () => {
    const two = [decision("a"), decision("b")]
    const hash = sealHash(FIRST_HASH, two)
    for (const field of Object.keys(two[1]) as (keyof SealedDecision)[]) {
      const changed = { ...two[1], [field]: "another" } as SealedDecision
      expect(sealHash(FIRST_HASH, [two[0], changed])).not.toBe(hash)
    }
    expect(sealHash(FIRST_HASH, [two[0]])).not.toBe(hash)
    expect(sealHash(FIRST_HASH, [...two, decision("c")])).not.toBe(hash)
    expect(sealHash(hash, two)).not.toBe(hash)
  })
  it("holds after the person was erased", () => {
    const row = {
      ...decision("a"),
      subject_id: "cus_1",
      customer_id: "cus_1",
      visitor_id: null,
      unit: "customer:cus_1",
      dedupe_key: "offer:cus_1",
      action: { text: "Hello" },
      verdict: heldBy({ kind: "return", reference: "return_of_cus_1" }),
    }
    const nobody = { subject_id: null, customer_id: null, unit: null, dedupe_key: "a", action: {} }
    const erased = { ...row, ...nobody, verdict: heldBy({ kind: "return" }) }
    expect(sealHash(FIRST_HASH, [erased])).toBe(sealHash(FIRST_HASH, [row]))
    const other = { ...erased, verdict: heldBy({ kind: "risk" }) }
    expect(sealHash(FIRST_HASH, [other])).not.toBe(sealHash(FIRST_HASH, [row]))
  })
})
