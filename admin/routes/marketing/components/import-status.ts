import type { ImportRun } from "../../../../src/types/http"

export const STATUS_COLORS: Record<ImportRun["status"], "blue" | "orange" | "green" | "red" | "grey"> = {
  queued: "blue",
  running: "orange",
  succeeded: "green",
  failed: "red",
  cancelled: "grey",
}
