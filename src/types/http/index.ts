export * from "./admin"
export * from "./consents"
export * from "./events"
export * from "./recommendations"
