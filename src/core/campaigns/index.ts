export * from "./large-cart-left"
export * from "./large-cart-settings"
export * from "./kinds"
