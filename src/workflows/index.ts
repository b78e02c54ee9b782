/** The workflows a store may call from its own code. */
export { activateModelWorkflow } from "./intelligence/workflows/activate-model"
export {
  startTraining,
  trainNow,
  trainRecommendationsWorkflow,
} from "./intelligence/workflows/train-recommendations"
export { recommendProducts, type RecommendInput, type RecommendOutput } from "./recommendations/recommend"
export { runBackfill, startBackfillWorkflow } from "./signals/workflows/backfill-signals"
export { erasePersonWorkflow } from "./signals/workflows/erase-person"
export { importOrdersWorkflow } from "./signals/workflows/import-orders"
export { reconcileSignalsWorkflow } from "./signals/workflows/reconcile-signals"
