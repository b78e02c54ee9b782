export * from "./types"
export * from "./verdict"
export const parseModel = (b: any): any => b
export const recommend = (..._a: any[]): any[] => []
export const readinessOf = (o: any): any => ({ tier: "cold", next: "warm", orders: o.orders, orders_to_next: 10 })
export class TrainingDataBuilder { addProduct(_p: any) {} addInteraction(..._a: any[]) {} finish(): any {} }
