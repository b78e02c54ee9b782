import path from "node:path"
import { importX } from "eslint-plugin-import-x"
import reactHooks from "eslint-plugin-react-hooks"
import { defineConfig } from "eslint/config"
import tseslint from "typescript-eslint"

/**
 * One word per capability, in every layer. Core's folders stand in the order in which they may import: each only from
 * those before it, and capabilities never from one another.
 */
const coreFoundation = ["data", "signals", "math", "text", "evaluate", "rules", "decisions"]
const capabilities = ["recommendations", "audience", "campaigns", "offers", "prices", "support"]
const modules = ["signals", "audience", "intelligence", "decisions", ...capabilities]

/** Each layer of src with the folders of src it may import from (its own folder is always allowed). */
const layers = {
  core: [],
  workers: ["core"],
  datasets: ["core", "types", "providers"],
  providers: ["core", "types"],
  links: ["modules"],
  modules: ["core", "types", "workers", "providers"],
  workflows: ["core", "types", "workers", "providers", "datasets", "modules", "links"],
  // A route may read through a module's service or a dataset; whatever changes something goes through a workflow.
  api: ["core", "types", "providers", "datasets", "modules", "workflows", "links"],
  jobs: ["core", "types", "modules", "workflows"],
  subscribers: ["core", "types", "modules", "workflows"],
  scripts: ["core", "types", "datasets", "modules", "workflows"],
}

const zone = (target, except, message) => ({ target, from: "./", except, message })

const layerZones = Object.entries(layers).map(([layer, allowed]) =>
  zone(
    `./src/${layer}`,
    [layer, ...allowed].map((folder) => `./src/${folder}`),
    `src/${layer} may import only ${[layer, ...allowed].join(", ")}.`,
  ),
)

const coreZones = [...coreFoundation, ...capabilities].map((folder) => {
  const before = coreFoundation.slice(
    0,
    coreFoundation.includes(folder) ? coreFoundation.indexOf(folder) : undefined,
  )
  return {
    target: `./src/core/${folder}`,
    from: "./src/core",
    except: [folder, ...before].map((name) => `./${name}`),
    message: `core/${folder} may import only ${[folder, ...before].join(", ")}.`,
  }
})

const moduleZones = modules.map((word) => ({
  target: `./src/modules/${word}`,
  from: "./src/modules",
  except: [`./${word}`],
  message: "A module never reads another module: a workflow composes their services.",
}))

const faceZones = [
  zone("./src/types/http", ["./src/types/http"], "types/http is shared with browsers and imports nothing."),
  zone("./src/types", ["./src/types", "./src/core"], "types may import only core."),
  zone(
    "./admin",
    ["./admin", "./src/types/http"],
    "The admin reaches the server over HTTP: only types/http.",
  ),
  zone(
    "./storefront",
    ["./storefront", "./src/types/http"],
    "The storefront kit reaches the server over HTTP: only types/http.",
  ),
  zone("./migrations", ["./migrations"], "A migration is compiled through a link: it imports packages only."),
]

/**
 * Relative imports are all this repository has, so they are resolved as written. The rules then hold for a file that
 * does not exist yet, and linting needs no look at the disk.
 */
const asWritten = {
  interfaceVersion: 3,
  name: "as-written",
  resolve: (specifier, file) =>
    specifier.startsWith(".")
      ? { found: true, path: path.resolve(path.dirname(file), specifier) }
      : { found: true, path: null },
}

const impure = "core is pure: pass the value in"
const pureSyntax = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: `${impure} (a clock value).`,
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: `${impure} (a clock value).`,
  },
  { selector: "CallExpression[callee.name='Date']", message: `${impure} (a clock value).` },
  { selector: "MemberExpression[object.name='performance']", message: `${impure} (a clock value).` },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: `${impure} (a seeded generator).`,
  },
  { selector: "MemberExpression[object.name='process']", message: `${impure} (an option).` },
]

const noServerPackages = (message) => ({
  "no-restricted-imports": [
    "error",
    {
      patterns: [
        { regex: "^(@medusajs/|medusa-)", message },
        { regex: "^node:(?!crypto$)", message },
        {
          regex:
            "^(fs|fs/promises|path|os|http|https|net|child_process|worker_threads|crypto|timers|process|perf_hooks)$",
          message,
        },
      ],
      paths: [
        // Hashing is a pure function; everything else of this package draws randomness or secrets.
        { name: "node:crypto", allowImportNames: ["createHash"], message: impure },
      ],
    },
  ],
})

const typed = ["**/*.{ts,tsx}"]
const tests = ["**/__tests__/**", "**/*.spec.{ts,tsx}", "integration-tests/**", "bench/**"]

export default defineConfig([
  {
    ignores: [
      "**/node_modules/**",
      ".medusa*/**",
      "public/**",
      "storefront-dist/**",
      // Links to folders that are linted under their own names.
      "src/admin/**",
      "src/modules/*/migrations/**",
      // AssemblyScript: TypeScript's syntax with other types; its own compiler checks it.
      "src/core/math/kernels/assembly/**",
    ],
  },
  {
    linterOptions: { noInlineConfig: true },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [asWritten] },
    rules: {
      "import-x/no-restricted-paths": [
        "error",
        { basePath: import.meta.dirname, zones: [...layerZones, ...coreZones, ...moduleZones, ...faceZones] },
      ],
      "import-x/no-self-import": "error",
      "array-callback-return": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-cond-assign": "error",
      "no-constant-condition": ["error", { checkLoops: false }],
      "no-debugger": "error",
      "no-dupe-else-if": "error",
      "no-dupe-keys": "error",
      "no-empty": "error",
      "no-eval": "error",
      "no-fallthrough": "error",
      "no-new-func": "error",
      "no-self-compare": "error",
      "no-sparse-arrays": "error",
      "no-unreachable": "error",
      "no-unsafe-finally": "error",
      "no-unsafe-negation": "error",
      "no-unsafe-optional-chaining": "error",
      "no-useless-escape": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      "use-isnan": "error",
      "valid-typeof": "error",
    },
  },
  {
    files: typed,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ["./tsconfig.test.json", "./admin/tsconfig.json", "./storefront/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // A fault caught earlier is of unknown type, and thrown on as it came.
      "@typescript-eslint/only-throw-error": ["error", { allowThrowingUnknown: true }],
      // MedusaService hands its constructor's arguments on.
      "prefer-rest-params": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/no-redundant-type-constituents": "off",
      "@typescript-eslint/unbound-method": "off",
      // It takes the naming of what raw SQL answers for an assertion too many.
      "@typescript-eslint/no-unnecessary-type-assertion": "off",
      // Medusa's container and raw SQL answer with `any`; where it matters the value is given a type by hand.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
    },
  },
  {
    files: ["src/core/**/*.ts"],
    ignores: tests,
    rules: {
      "no-restricted-syntax": ["error", ...pureSyntax],
      ...noServerPackages("core is pure: no Medusa, no disk, no network, no process."),
      "@typescript-eslint/no-unsafe-assignment": "error",
      "@typescript-eslint/no-unsafe-member-access": "error",
      "@typescript-eslint/no-unsafe-call": "error",
      "@typescript-eslint/no-unsafe-return": "error",
      "@typescript-eslint/no-unsafe-argument": "error",
    },
  },
  {
    files: ["storefront/**/*.ts", "src/types/http/**/*.ts"],
    ignores: tests,
    rules: noServerPackages("This runs in a shopper's browser: no Medusa, no Node."),
  },
  {
    files: ["src/**/*.ts", "admin/**/*.{ts,tsx}", "storefront/**/*.ts"],
    ignores: [...tests, "src/scripts/**"],
    rules: { "no-console": "error" },
  },
  {
    files: ["admin/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  {
    files: tests,
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-require-imports": "off",
    },
  },
  {
    // Compiled through a link in src/modules, or plain JavaScript: no TypeScript project holds them under this name.
    files: ["migrations/**/*.ts", "integration-tests/host-store/**/*.ts", "**/*.{js,mjs,cjs}"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parser: tseslint.parser, parserOptions: { project: null } },
    rules: { "@typescript-eslint/switch-exhaustiveness-check": "off" },
  },
])
