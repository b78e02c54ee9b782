export * from "./bootstrap"
export * from "./ranking"
