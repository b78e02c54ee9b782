export * from "./kernels"
export * from "./dense"
export * from "./positive-definite"
