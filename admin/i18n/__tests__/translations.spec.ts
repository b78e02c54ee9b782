import { readFileSync, readdirSync } from "node:fs"
import path from "node:path"
import { FILTER_FIELDS, OPERATORS, PLACEMENT_CONTEXTS, STRATEGIES } from "../../../src/types/http/placements"
import en from "../en.json"
import zhCN from "../zh-CN.json"

type Tree = { [key: string]: string | Tree }

function leaves(tree: Tree, prefix = ""): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") {
      found.set(prefix + key, value)
    } else {
      leaves(value, `${prefix}${key}.`).forEach((text, name) => found.set(name, text))
    }
  }
  return found
}

const english = leaves(en)
const chinese = leaves(zhCN)
const bare = (key: string) => key.replace(/_(one|other)$/, "")
const isPlural = (key: string) => english.has(`${bare(key)}_one`) && english.has(`${bare(key)}_other`)
const keyOf = (key: string) => (isPlural(key) ? bare(key) : key)
const variables = (text: string) => [...new Set(text.match(/\{\{?\w+\}?\}/g) ?? [])].sort()

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name) && !/__tests__/.test(entry.parentPath))
    .map((entry) => path.join(entry.parentPath, entry.name))
}

const root = path.resolve(__dirname, "../../..")

test("Chinese says everything that English says, and nothing else", () => {
  const wanted = new Set([...english.keys()].map(keyOf))
  expect([...chinese.keys()].sort()).toEqual([...wanted].sort())
})

test("a translation uses the same variables as its original", () => {
  for (const [key, text] of english) {
    const translated = chinese.get(keyOf(key)) ?? ""
    const needed = variables(text).filter((variable) => variable !== "{{count}}")
    expect({ key, variables: variables(translated).filter((variable) => variable !== "{{count}}") }).toEqual({
      key,
      variables: needed,
    })
  }
})

test("every key that a page writes out is translated", () => {
  const keys = filesUnder(path.join(root, "admin"), /\.tsx?$/).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\bt\(\s*"([\w.]+)"/g)].map((match) => match[1]),
  )
  expect(keys.length).toBeGreaterThan(50)
  expect([...new Set(keys)].filter((key) => !english.has(key) && !english.has(`${key}_one`))).toEqual([])
})

test("every key that the server sends is translated", () => {
  const keys = filesUnder(path.join(root, "src"), /\.ts$/)
    .filter(
      (file) => !file.includes(`${path.sep}admin${path.sep}`) || file.includes(`${path.sep}api${path.sep}`),
    )
    .flatMap(
      (file) => readFileSync(file, "utf8").match(/(?<=")(progress|health|verdict)\.[a-z_]+(?=")/g) ?? [],
    )
  expect(keys.length).toBeGreaterThan(5)
  expect([...new Set(keys)].filter((key) => !english.has(key) && !english.has(`${key}_one`))).toEqual([])
})

test("every reason for which an import skips a row is translated", () => {
  const source = readFileSync(path.join(root, "src/core/signals/order-history/errors.ts"), "utf8")
  const reasons = source.slice(source.indexOf("SKIP_REASONS")).match(/(?<=")[a-z_]+(?=")/g) ?? []
  expect(reasons.length).toBeGreaterThan(5)
  expect(reasons.filter((reason) => !english.has(`skips.${reason}`))).toEqual([])
})

test("every name of the contract that the pages show is translated", () => {
  const source = readFileSync(path.join(root, "src/types/http/placements.ts"), "utf8")
  const kinds = (after: string) =>
    source
      .slice(source.indexOf(after))
      .split("\n\n")[0]
      .match(/(?<=")[a-z_]+(?=")/g) ?? []
  const reasons = readFileSync(path.join(root, "src/types/http/recommendations.ts"), "utf8")
  const names = [
    ...STRATEGIES.flatMap((name) => [`strategies.${name}.label`, `strategies.${name}.help`]),
    ...PLACEMENT_CONTEXTS.flatMap((name) => [`contexts.${name}.label`, `contexts.${name}.help`]),
    ...Object.keys(FILTER_FIELDS).map((name) => `filter.fields.${name}`),
    ...[...new Set(Object.values(OPERATORS).flat())].map((name) => `filter.operators.${name}`),
    ...kinds("export type LeftOut").map((name) => `leftOut.${name}`),
    ...[...reasons.matchAll(/code: "([a-z_]+)"/g)]
      .map((match) => match[1])
      .map((code) => (code === "popular_here" ? "reasons.popularHere.country" : `reasons.${code}`)),
  ]
  expect(names.length).toBeGreaterThan(70)
  expect(names.filter((key) => !english.has(key) && !english.has(`${key}_one`))).toEqual([])
})

test("the placements that are shipped are known by the names they come with", () => {
  const source = readFileSync(path.join(root, "src/core/recommendations/placement.ts"), "utf8")
  const shipped = source.slice(source.indexOf("export const SHIPPED_PLACEMENTS"))
  const names = Object.fromEntries(
    [...shipped.matchAll(/^ {2}(\w+): \{[\s\S]*?name: "([^"]+)"/gm)].map((match) => [match[1], match[2]]),
  )
  expect(Object.keys(names)).toHaveLength(7)
  expect(en.shippedPlacements).toEqual(names)
})
