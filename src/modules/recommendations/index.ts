import { Module } from "@medusajs/framework/utils"
import RecommendationsModuleService from "./service"

export const RECOMMENDATIONS_MODULE = "marketing_recommendations"
export type { RecommendationsModuleService }
export { dayOf } from "./figures"
export type { DayOrders, FigureRow, RevenueRow } from "./figures"
export type { PlacementRow, StoredPlacement } from "./placements"

export default Module(RECOMMENDATIONS_MODULE, { service: RecommendationsModuleService })
