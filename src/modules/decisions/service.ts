import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"
import { Alert } from "./models/alert"
import { Automation } from "./models/automation"
import { AutomationVersion } from "./models/automation-version"
import { Budget } from "./models/budget"
import { CapabilityState } from "./models/capability-state"
import { Experiment } from "./models/experiment"
import { ExperimentResult } from "./models/experiment-result"
import { GuardSetting } from "./models/guard-setting"
import { Hold } from "./models/hold"
import { Simulation } from "./models/simulation"
import { Snooze } from "./models/snooze"

/** What was decided, what holds for deciding, and what came of it. */
export default class DecisionsModuleService extends MedusaService({
  Alert,
  Automation,
  AutomationVersion,
  Budget,
  CapabilityState,
  Experiment,
  ExperimentResult,
  GuardSetting,
  Hold,
  Simulation,
  Snooze,
}) {
  protected readonly pg_: Knex

  constructor(container: Record<string, unknown>) {
    super(...arguments)
    this.pg_ = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }
}
