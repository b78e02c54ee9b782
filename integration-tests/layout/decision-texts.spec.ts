/** Whatever the pipeline of decisions can say has words in the admin. */
import { readFileSync, readdirSync } from "node:fs"
import path from "node:path"
import { CAPABILITIES, GUARD_CODES, MODES, OUTCOMES, PERIODS } from "../../src/core/decisions"
import { CAMPAIGN_KINDS } from "../../src/core/campaigns"
import { STATUSES } from "../../admin/lib/modes"
import en from "../../admin/i18n/en.json"

const root = path.resolve(__dirname, "../..")

function has(key: string): boolean {
  const names = key.split(".")
  const last = names.pop() ?? ""
  const group = names.reduce<unknown>(
    (tree, name) => (tree as Record<string, unknown> | undefined)?.[name],
    en,
  )
  return typeof group === "object" && group !== null && (last in group || `${last}_one` in group)
}
const missing = (keys: string[]) => keys.filter((key) => !has(key))

function sources(folder: string): string {
  const at = path.join(root, folder)
  return readdirSync(at, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes("__tests__"))
    .map((file) => readFileSync(path.join(at, file), "utf8"))
    .join("\n")
}
const found = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1])),
]

test("whatever a decision can be is named, and what it means is said", () => {
  expect(
    missing([
      ...[...GUARD_CODES, "breaker"].map((code) => `guard.reasons.${code}`),
      ...MODES.flatMap((mode) => [`modes.${mode}.label`, `modes.${mode}.help`]),
      ...OUTCOMES.flatMap((name) => [
        `outcomes.${name}`,
        `decisions.meanings.${name}`,
        `decisions.delivery.decidedTo.${name}`,
      ]),
      ...STATUSES.flatMap((name) => [`decisions.statuses.${name}`, `decisions.meanings.${name}`]),
      ...CAPABILITIES.flatMap((name) => [`capabilities.names.${name}`, `guard.scopes.${name}`]),
      ...PERIODS.flatMap((name) => [`periods.${name}`, `budgets.periods.${name}`]),
    ]),
  ).toEqual([])
})

test("every kind of automation is named as it is shipped, and its settings have labels", () => {
  for (const { kind, fields, defaults } of CAMPAIGN_KINDS) {
    expect(en.automations.kinds).toHaveProperty(`${kind}.name`, defaults.name)
    expect(missing(fields.map(({ name }) => `automations.fields.${name}.label`))).toEqual([])
  }
})

test("what explanations speak of is translated", () => {
  const text = sources("src/core/campaigns") + sources("src/workflows/decisions")
  const names = found(text, /name: "([a-z_]+)",\s+(?:value\b|unit\b)/g)
  const summaries = found(text, /summary: \{\s*key: "([a-z_]+)"/g)
  expect(names.length).toBeGreaterThan(5)
  expect(summaries).toContain("large_cart_left")
  expect(missing(names.map((name) => `explanation.names.${name}`))).toEqual([])
  expect(missing(summaries.map((key) => `explanation.summaries.${key}`))).toEqual([])
})

test("every alert and every entry of the trail is translated", () => {
  const text = sources("src/modules/decisions") + sources("src/workflows/decisions")
  const alerts = found(text, /level: "[a-z]+",\s+key: "([a-z_]+)"/g)
  expect(alerts).toEqual(expect.arrayContaining(["breaker_tripped", "delivery_failed"]))
  expect(missing(alerts.map((key) => `alerts.${key}`))).toEqual([])
  const actions = found(text, /\baction: "([a-z_.]+)",?\s+target\b/g)
  expect(actions).toEqual(expect.arrayContaining(["kill_switch", "budget"]))
  expect(missing(actions.map((action) => `audit.actions.${action}`))).toEqual([])
})
