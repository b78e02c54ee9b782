/** The workflows a store may call from its own code. */
export { decide, type Clock, type DecidedRow } from "./decisions/decide"
export {
  PermanentFailure,
  registerDelivery,
  registerPromises,
  type DeliveredDecision,
  type DeliveryPort,
  type PromiseKind,
  type PromisesPort,
} from "./decisions/ports"
export { closeHold, openHold, type HoldReport } from "./decisions/holds"
export { setKillSwitchWorkflow } from "./decisions/workflows/set-kill-switch"
export { updateAutomationWorkflow } from "./decisions/workflows/update-automation"
export { activateModelWorkflow } from "./intelligence/workflows/activate-model"
export {
  startTraining,
  trainNow,
  trainRecommendationsWorkflow,
} from "./intelligence/workflows/train-recommendations"
export { previewShelf, type PreviewInput } from "./recommendations/preview"
export {
  recommendProducts,
  recommendShelves,
  type RecommendInput,
  type RecommendOutput,
} from "./recommendations/recommend"
export { renderEmail, type EmailInput } from "./recommendations/render-email"
export { createPlacementWorkflow } from "./recommendations/workflows/create-placement"
export { deletePlacementWorkflow } from "./recommendations/workflows/delete-placement"
export { resetPlacementWorkflow } from "./recommendations/workflows/reset-placement"
export { updatePlacementWorkflow } from "./recommendations/workflows/update-placement"
export { runBackfill, startBackfillWorkflow } from "./signals/workflows/backfill-signals"
export { erasePersonWorkflow } from "./signals/workflows/erase-person"
export { importOrdersWorkflow } from "./signals/workflows/import-orders"
export { reconcileSignalsWorkflow } from "./signals/workflows/reconcile-signals"
