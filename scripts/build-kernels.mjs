/**
 * node scripts/build-kernels.mjs [--check]
 *
 * Compiles src/core/math/kernels/assembly/kernels.ts and embeds the bytes in src/core/math/kernels/wasm.ts, a source
 * file, so that no packaging can lose them. `--check` only says whether the file holds what the source gives.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import asc from "assemblyscript/asc"

const root = path.resolve(import.meta.dirname, "..")
const source = "src/core/math/kernels/assembly/kernels.ts"
const embedded = path.join(root, "src/core/math/kernels/wasm.ts")

let bytes
const { error, stderr } = await asc.main(
  [
    source,
    ...["--outFile", "kernels.wasm", "--baseDir", root],
    ...["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--importMemory"],
  ],
  {
    readFile: (name, baseDir) => {
      const file = path.resolve(baseDir, name)
      return existsSync(file) ? readFileSync(file, "utf8") : null
    },
    writeFile: (_name, contents) => {
      bytes = contents
    },
  },
)
if (error || bytes === undefined) {
  console.error(stderr.toString())
  console.error(`build-kernels: ${source} did not compile`)
  process.exit(1)
}

const text = Buffer.from(bytes)
  .toString("base64")
  .match(/.{1,100}/g)
const file = [
  "/** Built from assembly/kernels.ts by `node scripts/build-kernels.mjs`: never changed by hand. Base64. */",
  "export const WASM_BASE64 = [",
  ...text.map((line) => `  "${line}",`),
  '].join("")',
  "",
].join("\n")

if (!process.argv.includes("--check")) {
  writeFileSync(embedded, file)
  console.log(`${bytes.length} bytes`)
} else if (!existsSync(embedded) || readFileSync(embedded, "utf8") !== file) {
  console.error(
    "src/core/math/kernels/wasm.ts is not what assembly/kernels.ts gives: run node scripts/build-kernels.mjs",
  )
  process.exit(1)
}
