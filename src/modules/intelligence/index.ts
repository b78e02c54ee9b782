import { Module } from "@medusajs/framework/utils"
import IntelligenceModuleService from "./service"

export const INTELLIGENCE_MODULE = "marketing_intelligence"
export type { IntelligenceModuleService }
export type { ModelReplay, TrainedModel, Training } from "./service"

export default Module(INTELLIGENCE_MODULE, { service: IntelligenceModuleService })
