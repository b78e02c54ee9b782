import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody, validateQuery } from "../../../validate"
import { page } from "../../page"
import { getAlerts } from "../alerts/validators"
import { getAuditEntries } from "../audit-entries/validators"
import { updateAutomation } from "../automations/validators"
import { createBudget, updateBudget } from "../budgets/validators"
import { updateCapability } from "../capabilities/validators"
import { updateGuard } from "../guard/validators"
import { setKillSwitch, withdrawPromises } from "../kill-switch/validators"
import { getSimulations, startSimulationBody } from "../simulations/validators"
import { createSnooze, getSnoozes } from "../snoozes/validators"
import { decideOn, getDecisions, getTotals } from "./validators"

const at = "/admin/marketing"

const query = (matcher: string, schema: Parameters<typeof validateQuery>[0]): MiddlewareRoute => ({
  matcher: `${at}/${matcher}`,
  methods: ["GET"],
  middlewares: [validateQuery(schema)],
})
const body = (matcher: string, schema: Parameters<typeof validateBody>[0]): MiddlewareRoute => ({
  matcher: `${at}/${matcher}`,
  methods: ["POST"],
  middlewares: [validateBody(schema)],
})

/** Everything that the pipeline of decisions is asked and told over HTTP, experiments aside. */
export const decisionMiddlewares: MiddlewareRoute[] = [
  query("decisions", getDecisions),
  query("decisions/summary", getTotals),
  body("decisions/approve", decideOn),
  body("decisions/reject", decideOn),
  body("kill-switch", setKillSwitch),
  body("kill-switch/withdraw", withdrawPromises),
  body("capabilities/:capability", updateCapability),
  body("guard", updateGuard),
  query("budgets", page),
  body("budgets", createBudget),
  body("budgets/:id", updateBudget),
  query("snoozes", getSnoozes),
  body("snoozes", createSnooze),
  query("automations", page),
  body("automations/:id", updateAutomation),
  query("automations/:id/versions", page),
  query("simulations", getSimulations),
  body("simulations", startSimulationBody),
  query("audit-entries", getAuditEntries),
  query("alerts", getAlerts),
]
