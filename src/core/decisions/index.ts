export * from "./automation-kind"
export * from "./facts"
export * from "./types"
