import { Module } from "@medusajs/framework/utils"
import SignalsModuleService from "./service"

export const SIGNALS_MODULE = "marketing_signals"
export type { SignalsModuleService }

export default Module(SIGNALS_MODULE, { service: SignalsModuleService })
