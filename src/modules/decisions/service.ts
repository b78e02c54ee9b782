import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"
import { Alerts } from "./alerts"
import { Approvals } from "./approvals"
import { Audit } from "./audit"
import { BudgetBook } from "./budget-book"
import { DecisionLog } from "./decision-log"
import { DecisionTotals } from "./decision-totals"
import { Deferrals } from "./deferrals"
import { Deliveries } from "./deliveries"
import { Experiments } from "./experiments"
import { Exposures } from "./exposures"
import { Holds } from "./holds"
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
import { PersonalData } from "./personal-data"
import { Recorder } from "./recorder"
import { Results } from "./results"
import { Retention } from "./retention"
import { Seals } from "./seals"
import { Simulations } from "./simulations"
import { Snoozes } from "./snoozes"
import { Switchboard } from "./switchboard"
import { Units } from "./units"
import { Watches } from "./watches"

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
  readonly switchboard: Switchboard
  readonly recorder: Recorder
  readonly deliveries: Deliveries
  readonly deferrals: Deferrals
  readonly approvals: Approvals
  readonly budgetBook: BudgetBook
  readonly watches: Watches
  readonly audit: Audit
  readonly seals: Seals
  readonly retention: Retention
  readonly alerts: Alerts
  readonly holds: Holds
  readonly snoozes: Snoozes
  readonly personalData: PersonalData
  readonly log: DecisionLog
  readonly totals: DecisionTotals
  readonly simulations: Simulations
  readonly experiments: Experiments
  readonly results: Results
  readonly exposures: Exposures
  readonly units: Units
  /** Exposures whose consent is still being asked for. */
  readonly noting = new Set<Promise<void>>()

  /** The process is about to end: whoever works in the background begins nothing more. */
  stopping = false

  /** Medusa calls these when the app has started and before it stops. */
  __hooks = {
    onApplicationStart: async () => {
      // This also runs while the tables are being made; whoever lists automations makes them anyway.
      await this.switchboard.ensureAutomations().catch(() => undefined)
    },
    onApplicationPrepareShutdown: () => {
      this.stopping = true
      return this.drained()
    },
  }

  constructor(container: Record<string, unknown>) {
    super(...arguments)
    this.pg_ = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
    const logger = container[ContainerRegistrationKeys.LOGGER] as Logger
    this.exposures = new Exposures(this.pg_, (error) =>
      logger.warn(`decisions: exposures were not written: ${String(error)}`),
    )
    this.units = new Units(this.pg_, (unit) => this.exposures.met(unit))
    this.audit = new Audit(this.pg_)
    this.alerts = new Alerts(this.pg_)
    this.holds = new Holds(this.pg_)
    this.snoozes = new Snoozes(this.pg_, this.audit)
    this.switchboard = new Switchboard(this.pg_, this.audit, (error) =>
      logger.error(`decisions: what holds was not read, what held before goes on: ${String(error)}`),
    )
    this.experiments = new Experiments(this.pg_, this.audit, () => this.switchboard.fresh())
    this.results = new Results(this.pg_)
    this.recorder = new Recorder(this.pg_, this.switchboard, this.units, this.exposures, this.alerts)
    this.budgetBook = new BudgetBook(this.pg_, this.audit)
    this.deliveries = new Deliveries(this.pg_, this.budgetBook, this.alerts)
    this.deferrals = new Deferrals(this.pg_, this.recorder)
    this.approvals = new Approvals(this.pg_, this.audit, this.budgetBook, this.recorder)
    this.personalData = new PersonalData(this.pg_, this.budgetBook, this.units)
    this.watches = new Watches(this.pg_)
    this.seals = new Seals(this.pg_, this.audit)
    this.retention = new Retention(this.pg_, this.seals)
    this.log = new DecisionLog(this.pg_)
    this.totals = new DecisionTotals(this.pg_)
    this.simulations = new Simulations(this.pg_)
  }

  /** Resolves when nothing is left to write, what is being noted included: before the process ends. */
  async drained(): Promise<void> {
    await Promise.all(this.noting)
    await this.recorder.drained()
    await this.exposures.drained()
  }
}
