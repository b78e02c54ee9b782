import { wasmKernels } from "./load-wasm"
import { plainKernels } from "./plain"
import type { Kernels } from "./types"

export { wasmKernels } from "./load-wasm"
export { plainKernels } from "./plain"
export type { Arena, Kernels, Product, Sweep } from "./types"

/** The fastest kernels of this engine. Nothing is compiled before the first call. */
export function kernels(): Kernels {
  return wasmKernels() ?? plainKernels
}
