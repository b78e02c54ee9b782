export * from "./bootstrap"
