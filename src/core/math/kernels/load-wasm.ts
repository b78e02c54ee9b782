import { checkFactors, type Arena, type Kernels } from "./types"
import { WASM_BASE64 } from "./wasm"

const PAGE = 65_536
/** The first page is left to the compiled code; then come packed A (64 x 256), packed B (256 x 512) and one block. */
const SCRATCH = PAGE
const START = SCRATCH + 4 * (64 * 256 + 256 * 512) + PAGE

/** What is used of WebAssembly: its types come with the DOM's, which core does not have. */
interface WasmMemory {
  readonly buffer: ArrayBuffer
}
interface WasmApi {
  validate(bytes: Uint8Array): boolean
  Module: new (bytes: Uint8Array) => object
  Instance: new (
    module: object,
    imports: { env: { memory: WasmMemory } },
  ) => { readonly exports: WasmExports }
  Memory: new (size: { initial: number; maximum: number }) => WasmMemory
}
interface WasmExports {
  gemm(...places: number[]): void
  dotScan(vector: number, rows: number, count: number, factors: number, out: number): void
  conjugateSweep(...places: number[]): void
}

let compiled: { api: WasmApi; module: object } | null | undefined

/** The WASM kernels, or null where the engine has no SIMD. Compiles on the first call only: about a millisecond. */
export function wasmKernels(): Kernels | null {
  if (compiled === undefined) compiled = compile()
  if (compiled === null) return null
  const { api, module } = compiled
  return { kind: "wasm", arena: (floats) => wasmArena(api, module, floats) }
}

function compile(): { api: WasmApi; module: object } | null {
  const api = (globalThis as unknown as { WebAssembly?: WasmApi }).WebAssembly
  const bytes = Buffer.from(WASM_BASE64, "base64")
  return api?.validate(bytes) === true ? { api, module: new api.Module(bytes) } : null
}

function wasmArena(api: WasmApi, module: object, floats: number): Arena {
  const pages = Math.ceil((START + 4 * floats) / PAGE)
  if (!(pages <= PAGE)) throw new RangeError(`arena: ${floats} floats do not fit; 1,073,500,000 is the most`)
  // Exactly as much as is needed, and never grown: views stay valid.
  const memory = new api.Memory({ initial: pages, maximum: pages })
  const { gemm, dotScan, conjugateSweep } = new api.Instance(module, { env: { memory } }).exports
  const at = (place: number): number => START + 4 * place
  return {
    floats: new Float32Array(memory.buffer, START, floats),
    integers: new Int32Array(memory.buffer, START, floats),
    gemm: (p) =>
      gemm(
        ...[at(p.a), p.aRow, p.aColumn],
        ...[at(p.b), p.bRow, p.bColumn],
        ...[at(p.c), p.cRow],
        ...[p.m, p.n, p.k, p.scale, SCRATCH],
      ),
    dotScan: (vector, rows, count, factors, out) => {
      checkFactors(factors)
      dotScan(at(vector), at(rows), count, factors, at(out))
    },
    conjugateSweep: (s) => {
      checkFactors(s.factors)
      conjugateSweep(
        ...[at(s.own), at(s.other), at(s.gram)],
        ...[at(s.offsets), at(s.columns), at(s.weights), at(s.penalties)],
        ...[s.rows, s.factors, s.steps, SCRATCH],
      )
    },
  }
}
