import { readFileSync, readdirSync } from "node:fs"
import path from "node:path"
import Ajv2020 from "ajv/dist/2020"
import ts from "typescript"
import { parse } from "yaml"
import type { z as zod } from "@medusajs/framework/zod"

/**
 * Holds docs/openapi.yaml against the code, both ways: routes against the route files, parameters and bodies
 * against the zod schemas that the middlewares check them with, answers against the types in src/types/http.
 */
const root = path.resolve(__dirname, "../..")
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]

interface Schema {
  $ref?: string
  allOf?: Schema[]
  oneOf?: Schema[]
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  [keyword: string]: any
}
interface Media {
  schema: Schema
  example?: unknown
  examples?: Record<string, { value: unknown }>
}
interface Operation {
  operationId: string
  summary?: string
  security?: object[]
  parameters?: any[]
  requestBody?: { required?: boolean; content: Record<string, Media> }
  responses: Record<string, any>
}

const openapi = parse(readFileSync(path.join(root, "docs/openapi.yaml"), "utf8"))

const follow = <T extends { $ref?: string }>(value: T): T => {
  if (!value.$ref) return value
  const found = value.$ref
    .slice(2)
    .split("/")
    .reduce<any>((at, key) => at?.[key], openapi)
  if (!found) throw new Error(`docs/openapi.yaml: ${value.$ref} leads nowhere`)
  const { $ref: _, ...beside } = value
  return follow({ ...found, ...beside })
}

/** With the parts of an allOf as one object. */
const whole = (schema: Schema): Schema => {
  const one = follow(schema)
  if (!one.allOf) return one
  const parts = one.allOf.map(whole)
  return {
    ...one,
    properties: Object.assign({}, ...parts.map((part) => part.properties)),
    required: parts.flatMap((part) => part.required ?? []),
  }
}

const operations = new Map<string, Operation>()
for (const [at, item] of Object.entries<Record<string, Operation>>(openapi.paths)) {
  for (const [method, operation] of Object.entries(item))
    operations.set(`${method.toUpperCase()} ${at}`, operation)
}
const documented = [...operations.keys()].sort()

/** "METHOD /path/{id}" of every handler that a route file exports. */
function routesOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true)
  const names: string[] = []
  for (const statement of source.statements) {
    if (
      ts.isExportDeclaration(statement) &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
    ) {
      names.push(...statement.exportClause.elements.map(({ name }) => name.text))
    }
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (!exported) continue
    if (ts.isFunctionDeclaration(statement) && statement.name) names.push(statement.name.text)
    if (ts.isVariableStatement(statement)) {
      names.push(...statement.declarationList.declarations.map(({ name }) => name.getText()))
    }
  }
  const at = path
    .relative(path.join(root, "src/api"), path.dirname(file))
    .split(path.sep)
    .map((part) => part.replace(/^\[(.+)\]$/, "{$1}"))
    .join("/")
  return names.filter((name) => METHODS.includes(name)).map((method) => `${method} /${at}`)
}

const apiFiles = (readdirSync(path.join(root, "src/api"), { recursive: true }) as string[])
  .filter((file) => file.endsWith(".ts"))
  .map((file) => path.join(root, "src/api", file))
const routeFiles = apiFiles.filter((file) => path.basename(file) === "route.ts")

// ---- what the code checks

jest.mock("../../src/api/validate", () => ({
  ...jest.requireActual("../../src/api/validate"),
  validateQuery: (schema: unknown) => ({ query: schema }),
  validateBody: (schema: unknown) => ({ body: schema }),
}))

/** Every strict object that has been made, since some schemas are nobody's export. */
const mockMade: zod.ZodObject[] = []
jest.mock("@medusajs/framework/zod", () => {
  const actual = jest.requireActual("@medusajs/framework/zod")
  const strictObject = (...given: unknown[]) => {
    const schema = actual.z.strictObject(...given)
    mockMade.push(schema)
    return schema
  }
  return { ...actual, z: { ...actual.z, strictObject } }
})

interface Checked {
  query?: zod.ZodObject
  body?: zod.ZodObject
}
const checked = new Map<string, Checked>()
let z: typeof zod
let browserEvents: Map<string, zod.ZodObject>

beforeAll(() => {
  z = require("@medusajs/framework/zod").z
  const { routes } = require("../../src/api/middlewares").default as {
    routes: { matcher: string; methods?: string[]; middlewares?: Checked[] }[]
  }
  for (const { matcher, methods = [], middlewares = [] } of routes) {
    for (const method of methods) {
      const key = `${method} ${matcher.replace(/:(\w+)/g, "{$1}")}`
      const { query, body } = Object.assign({}, checked.get(key), ...middlewares) as Checked
      if (query ?? body) checked.set(key, { query, body })
    }
  }
  // These two are checked in their handlers.
  require("../../src/modules/signals/browser-events")
  const batch = mockMade.filter(({ shape }) => "publishable_key" in shape)
  expect(batch).toHaveLength(1)
  checked.set("POST /marketing/events", { body: batch[0] })
  const { importOptionsSchema } = require("../../src/workflows/signals/steps/import-options")
  checked.set("POST /admin/marketing/imports", {
    body: importOptionsSchema.extend({ file: z.string() }),
  })
  const types = mockMade.filter(({ shape }) => shape.type instanceof z.ZodLiteral)
  browserEvents = new Map(
    types.map((schema) => [(schema.shape.type as zod.ZodLiteral).value as string, schema]),
  )
})

/** Not minLength: "must not be empty" may be a refinement, of which JSON Schema hears nothing. */
const LIMITS = ["minimum", "maximum", "maxLength", "minItems", "maxItems"]

/** What of a schema must agree: names, what is required, types, choices and limits. */
function outline(schema: Schema): unknown {
  const one = asObject(whole(schema))
  const properties = one.properties
    ? Object.fromEntries(
        Object.entries(one.properties).map(([name, property]) => [
          one.required?.includes(name) ? name : `${name}?`,
          outline(property),
        ]),
      )
    : undefined
  const merged = one.anyOf ? mergeTypes(one.anyOf.map(follow)) : one
  return {
    ...(properties ? { properties } : {}),
    ...(merged.items ? { items: outline(merged.items) } : {}),
    ...(merged.type && !merged.enum ? { type: [merged.type].flat().sort() } : {}),
    ...(merged.const !== undefined ? { type: undefined, const: merged.const } : {}),
    ...(merged.enum ? { enum: [...merged.enum].sort() } : {}),
    ...Object.fromEntries(LIMITS.filter((name) => isMeant(merged[name])).map((name) => [name, merged[name]])),
  }
}

/** A record whose keys are known is an object of optional properties. */
const asObject = (schema: Schema): Schema =>
  schema.propertyNames?.enum
    ? {
        ...schema,
        properties: Object.fromEntries(
          schema.propertyNames.enum.map((key: string) => [key, schema.additionalProperties]),
        ),
      }
    : schema

/** zod states the bounds of safe integers where nobody has given one. */
const isMeant = (limit: unknown) =>
  limit !== undefined && Math.abs(limit as number) !== Number.MAX_SAFE_INTEGER

const mergeTypes = (parts: Schema[]): Schema =>
  Object.assign({}, ...parts, { type: parts.flatMap(({ type }) => type ?? []) })

/** A zod schema as the caller sees it: what has a default may be left out. */
function outlineOfZod(schema: zod.ZodType): Record<string, any> {
  const json = (io: "input" | "output") =>
    z.toJSONSchema(schema, { io, unrepresentable: "any" }) as unknown as Schema
  const [input, output] = [json("input"), json("output")]
  // What is coerced or transformed is told on one side only.
  for (const [name, property] of Object.entries(input.properties ?? {})) {
    if (!property.type && output.properties?.[name]?.type) input.properties![name] = output.properties[name]
  }
  return outline(input) as Record<string, any>
}

const outlineOf = (schema: Schema) => outline(schema) as Record<string, any>

// ---- the tests

describe("docs/openapi.yaml", () => {
  it("describes every route and no other", () => {
    expect(documented).toEqual(routeFiles.flatMap(routesOf).sort())
  })

  it("knows of every check that the middlewares make", () => {
    expect([...checked.keys()].filter((route) => !operations.has(route))).toEqual([])
  })

  it.each(documented)("%s: parameters", (route) => {
    const parameters = (operations.get(route)!.parameters ?? []).map(follow)
    const inPath = parameters.filter((one) => one.in === "path")
    expect(inPath.map(({ name, required }) => [name, required])).toEqual(
      [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, true]),
    )
    const inQuery = parameters.filter((one) => one.in === "query")
    const properties = Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema]))
    const required = inQuery.filter((one) => one.required).map(({ name }) => name)
    const query = checked.get(route)?.query
    expect(outlineOf({ properties, required }).properties).toEqual(
      query ? outlineOfZod(query).properties : {},
    )
    for (const { name, schema } of inQuery) {
      const { data } = query!.shape[name].safeParse(undefined) as { data?: unknown }
      expect([name, follow(schema).default]).toEqual([name, data])
    }
  })

  it.each(documented)("%s: body", (route) => {
    const { requestBody } = operations.get(route)!
    const body = checked.get(route)?.body
    expect(Boolean(requestBody)).toBe(Boolean(body))
    if (!body) return
    const { schema } = (requestBody!.content["application/json"] ??
      requestBody!.content["multipart/form-data"])!
    const { properties: given } = outlineOf(schema)
    const { properties: taken } = outlineOfZod(body)
    // A batch's events are checked one by one, each by its type.
    if (route === "POST /marketing/events") given.events.items = taken.events.items = null
    expect(given).toEqual(taken)
    expect(requestBody!.required).toBe(true)
    expect(whole(schema).additionalProperties).toBe(false)
  })

  it("describes every event that a browser may report, field by field", () => {
    const kinds = openapi.components.schemas.BrowserEvent.oneOf.map(follow) as Schema[]
    const given: Record<string, Record<string, any>> = Object.fromEntries(
      kinds.map((kind) => [kind.properties!.type.const, outlineOf(kind)]),
    )
    const taken = Object.fromEntries([...browserEvents].map(([type, schema]) => [type, outlineOfZod(schema)]))
    for (const { properties } of [...Object.values(given), ...Object.values(taken)]) delete properties.type
    expect(given).toEqual(taken)
    for (const [type, ref] of Object.entries(openapi.components.schemas.BrowserEvent.discriminator.mapping)) {
      expect(follow({ $ref: ref as string } as Schema).properties!.type.const).toBe(type)
    }
  })

  it("is not passed by: no handler reads a query or body that no schema has checked", () => {
    const raw = apiFiles.filter((file) => /\breq\.(query|body)\b/.test(readFileSync(file, "utf8")))
    expect(raw.map((file) => path.relative(root, file)).sort()).toEqual([
      "src/api/admin/marketing/imports/route.ts",
      "src/api/marketing/events/route.ts",
      "src/api/validate.ts",
    ])
  })

  it.each(documented)("%s: tells its answers", (route) => {
    const { summary, responses, security } = operations.get(route)!
    const statuses = Object.keys(responses)
    expect(summary).toBeTruthy()
    // A route that leads elsewhere has no other answer.
    expect(statuses.filter((status) => status.startsWith("2") || status === "302")).toHaveLength(1)
    const [, at] = route.split(" ")
    // A shopper's route that tells admins more.
    const explains = operations.get(route)!.parameters?.some(({ name }) => name === "explain") ?? false
    expect(statuses.includes("401")).toBe(at.startsWith("/admin/") || explains)
    if (checked.has(route)) expect(statuses).toContain("400")
    const schemes = (security ?? []).flatMap(Object.keys)
    expect(schemes.some((name) => name.startsWith("admin"))).toBe(at.startsWith("/admin/"))
    expect(schemes.includes("publishableKey")).toBe(at.startsWith("/store/"))
    for (const name of schemes) expect(openapi.components.securitySchemes).toHaveProperty(name)
  })

  it("names each operation once", () => {
    const ids = [...operations.values()].map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it("gives examples that its own schemas accept", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema(openapi, "openapi")
    let examples = 0
    const visit = (value: any, at: string): void => {
      if (typeof value !== "object" || value === null) return
      const { schema, example, examples: named } = value as Media
      const given = [example, ...Object.values(named ?? {}).map((one) => one.value)].filter(
        (one) => one !== undefined,
      )
      if (schema && at.includes("/content/")) {
        const valid = ajv.compile({ $ref: `openapi#${at}/schema` })
        for (const one of given) {
          examples++
          expect([at, valid(one) ? null : valid.errors]).toEqual([at, null])
        }
        return
      }
      for (const [key, child] of Object.entries(value)) {
        visit(child, `${at}/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`)
      }
    }
    visit(openapi, "")
    expect(examples).toBeGreaterThan(40)
  })

  it("uses everything it defines", () => {
    const text = readFileSync(path.join(root, "docs/openapi.yaml"), "utf8")
    for (const kind of ["schemas", "parameters", "responses"]) {
      for (const name of Object.keys(openapi.components[kind])) {
        expect(text).toContain(`#/components/${kind}/${name}"`)
      }
    }
  })
})

describe("the answers of docs/openapi.yaml", () => {
  const folder = path.join(root, "src/types/http")
  const files = readdirSync(folder).map((file) => path.join(folder, file))
  const program = ts.createProgram(files, { strict: true, target: ts.ScriptTarget.ES2021, noEmit: true })
  const checker = program.getTypeChecker()
  const types = new Map<string, ts.Type>()
  for (const file of files) {
    for (const statement of program.getSourceFile(file)!.statements) {
      if (ts.isInterfaceDeclaration(statement)) {
        types.set(statement.name.text, checker.getTypeAtLocation(statement.name))
      }
    }
  }
  const schemas = openapi.components.schemas as Record<string, Schema>
  // Held against zod above.
  const bodies = ["EventBatch", "ConsentBody", "ConsentRuleBody"]
  const both = Object.keys(schemas).filter((name) => types.has(name) && !bodies.includes(name))

  it("cover every answer there is", () => {
    const answers = [...types.keys()].filter((name) => /Answer$/.test(name))
    expect(answers.filter((name) => !(name in schemas))).toEqual([])
    expect(both.length).toBeGreaterThan(15)
  })

  it.each(both)("%s holds what its type holds", (name) => {
    compare(types.get(name)!, schemas[name], name)
  })

  function compare(type: ts.Type, schema: Schema, at: string): void {
    const one = whole(schema)
    if (one.oneOf) {
      const parts = one.oneOf.map(whole).filter((part) => part.type !== "null")
      const members = (type.isUnion() ? type.types : [type]).filter(
        (part) => !(part.flags & ts.TypeFlags.Null),
      )
      if (parts.length === 1 && members.length === 1) return compare(members[0], parts[0], at)
      // Several kinds are told apart by their code.
      const codeOf = (member: ts.Type) =>
        (checker.getTypeOfSymbol(member.getProperty("code")!) as ts.StringLiteralType).value
      const kinds = new Map(parts.map((part) => [part.properties!.code.const, part]))
      expect([at, [...kinds.keys()].sort()]).toEqual([at, members.map(codeOf).sort()])
      for (const member of members) compare(member, kinds.get(codeOf(member))!, `${at}.${codeOf(member)}`)
      return
    }
    const plain = checker.getNonNullableType(type)
    if (one.items) {
      const element = checker.getIndexTypeOfType(plain, ts.IndexKind.Number)
      if (!element) throw new Error(`${at}: is documented as a list`)
      compare(element, one.items, `${at}[]`)
      return
    }
    if (one.enum && plain.isUnion()) {
      const names = plain.types.map((part) => (part as ts.StringLiteralType).value)
      expect([at, [...one.enum].sort()]).toEqual([at, names.sort()])
    }
    if (!one.properties) return
    const properties = checker.getPropertiesOfType(plain)
    const optional = (property: ts.Symbol) => (property.flags & ts.SymbolFlags.Optional ? "?" : "")
    expect([
      at,
      Object.keys(one.properties)
        .map((key) => key + (one.required?.includes(key) ? "" : "?"))
        .sort(),
    ]).toEqual([at, properties.map((property) => property.name + optional(property)).sort()])
    for (const property of properties) {
      compare(checker.getTypeOfSymbol(property), one.properties[property.name], `${at}.${property.name}`)
    }
  }
})
