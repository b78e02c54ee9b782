/**
 * One configuration for every kind of spec, so that `npx jest <path>` runs any of them and a full run ends in one
 * summary. `*.long.spec.ts` (kill, race and load runs over 30 s) run only with `npm run test:long`.
 */
const long = process.env.MARKETING_LONG_TESTS === "1"

const swc = [
  "@swc/jest",
  {
    swcrc: false,
    sourceMaps: "inline",
    jsc: {
      target: "es2021",
      parser: { syntax: "typescript", tsx: true, decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: "automatic" } },
    },
  },
]

const shared = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform: { "^.+\\.[jt]sx?$": swc },
  moduleFileExtensions: ["js", "ts", "tsx", "mjs", "cjs", "json"],
  // Built output and stores made by tests hold second copies of our package.
  modulePathIgnorePatterns: ["<rootDir>/\\.medusa", "<rootDir>/public/", "<rootDir>/storefront-dist/"],
}

const kind = (name) => `<rootDir>/${name}/**/*${long ? ".long" : ""}.spec.{ts,tsx}`
const notLong = long ? [] : ["\\.long\\.spec\\.tsx?$"]
const skipped = ["/node_modules/", "/host-store/", ...notLong]

/** Folders whose specs need no Medusa: they start in milliseconds. */
const plain = [
  "src/core",
  "src/types",
  "storefront",
  "admin",
  "demo",
  "bench",
  "scripts",
  "integration-tests/layout",
]

/** Folders whose specs load Medusa's framework, a database or a browser. */
const withMedusa = [
  "src/{api,datasets,jobs,links,modules,providers,scripts,subscribers,workers,workflows}",
  "integration-tests/{http,modules,packaging,browser}",
]

module.exports = {
  testTimeout: 120_000,
  maxWorkers: 2,
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: plain.map(kind),
      testPathIgnorePatterns: skipped,
    },
    {
      ...shared,
      displayName: "medusa",
      testMatch: withMedusa.map(kind),
      testPathIgnorePatterns: skipped,
      setupFiles: ["<rootDir>/integration-tests/set-up/clear-entity-metadata.js"],
    },
  ],
}
