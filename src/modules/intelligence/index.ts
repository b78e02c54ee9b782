import { Module } from "@medusajs/framework/utils"
import IntelligenceModuleService from "./service"

export const INTELLIGENCE_MODULE = "marketing_intelligence"
export type { IntelligenceModuleService }

export default Module(INTELLIGENCE_MODULE, { service: IntelligenceModuleService })
