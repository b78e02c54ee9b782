import { Module } from "@medusajs/framework/utils"
import IntelligenceModuleService from "./service"

export const INTELLIGENCE_MODULE = "intelligence"
export type { IntelligenceModuleService }

export default Module(INTELLIGENCE_MODULE, { service: IntelligenceModuleService })
