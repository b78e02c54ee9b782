import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"
import { Exposures } from "./exposures"
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
import { Units } from "./units"

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
  readonly exposures: Exposures
  readonly units: Units
  /** Exposures whose consent is still being asked for. */
  readonly noting = new Set<Promise<void>>()

  /** Medusa calls these when the app has started and before it stops. */
  __hooks = {
    onApplicationPrepareShutdown: () => this.drained(),
  }

  constructor(container: Record<string, unknown>) {
    super(...arguments)
    this.pg_ = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
    const logger = container[ContainerRegistrationKeys.LOGGER] as Logger
    this.exposures = new Exposures(this.pg_, (error) =>
      logger.warn(`decisions: exposures were not written: ${String(error)}`),
    )
    this.units = new Units(this.pg_, (unit) => this.exposures.met(unit))
  }

  /** Resolves when nothing is left to write, what is being noted included: before the process ends. */
  async drained(): Promise<void> {
    await Promise.all(this.noting)
    await this.exposures.drained()
  }
}
