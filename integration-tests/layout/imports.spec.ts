import { spawnSync } from "node:child_process"
import path from "node:path"

interface Case {
  why: string
  file: string
  text: string
}

const imports = (from: string) => `import { thing } from "${from}"\n\nexport const same = thing\n`

/** Each of these must be refused by the rule it is listed under. */
const forbidden: Record<string, Case[]> = {
  "import-x/no-restricted-paths": [
    { why: "core imports a module", file: "src/core/data/x.ts", text: imports("../../modules/signals") },
    { why: "core imports a dataset", file: "src/core/data/x.ts", text: imports("../../datasets/orders") },
    {
      why: "core imports the HTTP types' server side",
      file: "src/core/data/x.ts",
      text: imports("../../api/x"),
    },
    { why: "a core folder imports a later one", file: "src/core/data/x.ts", text: imports("../math") },
    { why: "math imports text", file: "src/core/math/x.ts", text: imports("../text/bm25") },
    { why: "rules import decisions", file: "src/core/rules/x.ts", text: imports("../decisions") },
    { why: "foundation imports a capability", file: "src/core/text/x.ts", text: imports("../offers") },
    {
      why: "a capability imports another",
      file: "src/core/offers/x.ts",
      text: imports("../prices/elasticity"),
    },
    {
      why: "recommendations import support",
      file: "src/core/recommendations/x.ts",
      text: imports("../support"),
    },
    {
      why: "a module imports another's folder",
      file: "src/modules/signals/x.ts",
      text: imports("../intelligence"),
    },
    {
      why: "a module imports a workflow",
      file: "src/modules/signals/x.ts",
      text: imports("../../workflows/signals"),
    },
    {
      why: "a module imports a dataset",
      file: "src/modules/signals/x.ts",
      text: imports("../../datasets/orders"),
    },
    { why: "a dataset imports a module", file: "src/datasets/x.ts", text: imports("../modules/signals") },
    {
      why: "a workflow imports a route",
      file: "src/workflows/signals/x.ts",
      text: imports("../../api/store/x"),
    },
    {
      why: "a workflow imports a job",
      file: "src/workflows/signals/x.ts",
      text: imports("../../jobs/nightly"),
    },
    { why: "a job imports a route", file: "src/jobs/x.ts", text: imports("../api/store/x") },
    { why: "a subscriber imports a job", file: "src/subscribers/x.ts", text: imports("../jobs/nightly") },
    {
      why: "a subscriber imports a dataset",
      file: "src/subscribers/x.ts",
      text: imports("../datasets/orders"),
    },
    { why: "a worker imports a module", file: "src/workers/x.ts", text: imports("../modules/signals") },
    { why: "a worker imports the types of the server", file: "src/workers/x.ts", text: imports("../types") },
    { why: "src imports the simulator", file: "src/scripts/x.ts", text: imports("../../demo/simulator") },
    {
      why: "a route imports the simulator",
      file: "src/api/x.ts",
      text: imports("../../demo/simulator/effects"),
    },
    {
      why: "a test of core imports the simulator",
      file: "src/core/data/__tests__/x.spec.ts",
      text: imports("../../../../demo/simulator"),
    },
    {
      why: "the admin imports the server",
      file: "admin/lib/x.ts",
      text: imports("../../src/modules/signals"),
    },
    { why: "the admin imports core", file: "admin/lib/x.ts", text: imports("../../src/core/signals") },
    { why: "the admin imports the storefront", file: "admin/lib/x.ts", text: imports("../../storefront") },
    { why: "the storefront imports core", file: "storefront/x.ts", text: imports("../src/core/signals") },
    {
      why: "the storefront imports the options",
      file: "storefront/x.ts",
      text: imports("../src/types/options"),
    },
    {
      why: "types/http imports a module",
      file: "src/types/http/x.ts",
      text: imports("../../modules/signals"),
    },
    {
      why: "a migration imports a module",
      file: "migrations/signals/x.ts",
      text: imports("../../src/modules/signals"),
    },
  ],
  "no-restricted-imports": [
    { why: "core imports Medusa", file: "src/core/data/x.ts", text: imports("@medusajs/framework/utils") },
    { why: "core reads the disk", file: "src/core/data/x.ts", text: imports("node:fs") },
    { why: "core reads the disk by the old name", file: "src/core/data/x.ts", text: imports("fs") },
    { why: "core starts threads", file: "src/core/data/x.ts", text: imports("node:worker_threads") },
    {
      why: "core draws randomness",
      file: "src/core/data/x.ts",
      text: 'import { randomUUID } from "node:crypto"\n\nexport const id = randomUUID\n',
    },
    { why: "the storefront imports Medusa", file: "storefront/x.ts", text: imports("@medusajs/js-sdk") },
    { why: "the storefront imports Node", file: "storefront/x.ts", text: imports("node:path") },
  ],
  "no-restricted-syntax": [
    {
      why: "core reads the clock",
      file: "src/core/data/x.ts",
      text: "export const now = () => Date.now()\n",
    },
    {
      why: "core reads the clock by new Date()",
      file: "src/core/data/x.ts",
      text: "export const now = () => new Date()\n",
    },
    {
      why: "core times itself",
      file: "src/core/math/x.ts",
      text: "export const now = () => performance.now()\n",
    },
    {
      why: "core draws unseeded",
      file: "src/core/math/x.ts",
      text: "export const draw = () => Math.random()\n",
    },
    {
      why: "core reads the environment",
      file: "src/core/math/x.ts",
      text: "export const debug = process.env.DEBUG\n",
    },
  ],
  "@typescript-eslint/no-explicit-any": [
    {
      why: "`any` outside tests",
      file: "src/core/data/x.ts",
      text: "export const x = (y: any): unknown => y\n",
    },
  ],
}

/** None of these may be refused by any rule. */
const permitted: Case[] = [
  {
    why: "core imports an earlier folder",
    file: "src/core/evaluate/x.ts",
    text: imports("../math/statistics"),
  },
  { why: "a capability imports decisions", file: "src/core/offers/x.ts", text: imports("../decisions") },
  { why: "a file imports its neighbour", file: "src/core/offers/x.ts", text: imports("./levels") },
  {
    why: "core hashes",
    file: "src/core/data/x.ts",
    text: imports("node:crypto").replaceAll("thing", "createHash"),
  },
  {
    why: "core reads a given time",
    file: "src/core/data/x.ts",
    text: "export const day = (ms: number) => new Date(ms)\n",
  },
  { why: "a worker imports core", file: "src/workers/x.ts", text: imports("../core/recommendations") },
  { why: "a module imports core", file: "src/modules/signals/x.ts", text: imports("../../core/signals") },
  {
    why: "a module imports Medusa",
    file: "src/modules/signals/x.ts",
    text: imports("@medusajs/framework/utils"),
  },
  {
    why: "a workflow imports a module and a dataset",
    file: "src/workflows/x/x.ts",
    text: 'import { a } from "../../modules/signals"\nimport { b } from "../../datasets/orders"\n\nexport const both = [a, b]\n',
  },
  { why: "a route imports a workflow", file: "src/api/store/x.ts", text: imports("../../workflows/signals") },
  { why: "a job imports a workflow", file: "src/jobs/x.ts", text: imports("../workflows/signals") },
  { why: "the admin imports the HTTP types", file: "admin/lib/x.ts", text: imports("../../src/types/http") },
  {
    why: "the storefront imports the HTTP types",
    file: "storefront/x.ts",
    text: imports("../src/types/http"),
  },
  { why: "the demo imports the simulator and core", file: "demo/seed/x.ts", text: imports("../simulator") },
  {
    why: "a test uses `any`",
    file: "src/core/data/__tests__/x.spec.ts",
    text: "export const x = (y: any): unknown => y\n",
  },
]

describe("the import rules", () => {
  const refused = Object.entries(forbidden).flatMap(([rule, cases]) => cases.map((one) => ({ ...one, rule })))
  const messages = new Map<Case, { ruleId: string; message: string }[]>()

  beforeAll(() => {
    const cases = [...refused, ...permitted]
    const lint = spawnSync(process.execPath, [path.join(__dirname, "lint-texts.mjs")], {
      input: JSON.stringify(cases),
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
      maxBuffer: 1 << 26,
    })
    expect(lint.status).toBe(0)
    const answers = JSON.parse(lint.stdout) as { ruleId: string; message: string }[][]
    cases.forEach((one, i) => messages.set(one, answers[i]))
  })

  it.each(refused)("refuse it when $why ($rule)", (one) => {
    expect(new Set(messages.get(one)?.map(({ ruleId }) => ruleId))).toEqual(new Set([one.rule]))
  })

  it.each(permitted)("allow it when $why", (one) => {
    expect(messages.get(one)).toEqual([])
  })

  it("cannot be switched off by a comment", () => {
    const text = `/* eslint-disable */\n${imports("../../modules/signals")}`
    const lint = spawnSync(process.execPath, [path.join(__dirname, "lint-texts.mjs")], {
      input: JSON.stringify([{ file: "src/core/data/x.ts", text }]),
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    })
    const [answer] = JSON.parse(lint.stdout) as { ruleId: string | null }[][]
    expect(answer.map(({ ruleId }) => ruleId)).toContain("import-x/no-restricted-paths")
  })
})
