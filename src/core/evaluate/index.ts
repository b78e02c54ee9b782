export * from "./bootstrap"
export * from "./intervals"
export * from "./ranking"
