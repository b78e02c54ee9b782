import { COFFEE, TEA } from "./coffee-tea"
import { GARDEN, HOME } from "./garden-home"
import { KITCHEN, TABLE } from "./kitchen-table"
import type { Department } from "./types"

export * from "./types"

/** "Kettle & Fern": coffee, tea, kitchen, table and garden; 25 lowest categories, 400 products. */
export const DEPARTMENTS: readonly Department[] = [COFFEE, TEA, KITCHEN, TABLE, GARDEN, HOME]

export const SHOP = { name: "Kettle & Fern", chinese: "壶与蕨" } as const
