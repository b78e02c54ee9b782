export { backfillProgress } from "../../../../workflows/signals/steps/backfill-progress"
