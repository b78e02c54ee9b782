import { Module } from "@medusajs/framework/utils"
import DecisionsModuleService from "./service"

export const DECISIONS_MODULE = "marketing_decisions"
export type { DecisionsModuleService }

export default Module(DECISIONS_MODULE, { service: DecisionsModuleService })
