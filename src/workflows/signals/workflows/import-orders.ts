import { createWorkflow, WorkflowResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  cancelImportStep,
  claimImportStep,
  resumeImportStep,
  type ClaimImportInput,
} from "../steps/import-claim"
import { importOrderHistoryStep, type ImportOrderHistoryInput } from "../steps/import-order-history"

/** Takes the one place for an import; the result is the run, queued. */
export const claimImportWorkflow = createWorkflow(
  "marketing-claim-import",
  (input: WorkflowData<ClaimImportInput>) => {
    return new WorkflowResponse(claimImportStep(input))
  },
)

export const resumeImportWorkflow = createWorkflow(
  "marketing-resume-import",
  (input: WorkflowData<{ id: string }>) => {
    return new WorkflowResponse(resumeImportStep(input))
  },
)

export const cancelImportWorkflow = createWorkflow(
  "marketing-cancel-import",
  (input: WorkflowData<{ id: string }>) => {
    return new WorkflowResponse(cancelImportStep(input))
  },
)

/** Works on a claimed import to its end; the result is the run as it ended. */
export const importOrdersWorkflow = createWorkflow(
  "marketing-import-orders",
  (input: WorkflowData<ImportOrderHistoryInput>) => {
    return new WorkflowResponse(importOrderHistoryStep(input))
  },
)

/** Starts the work and returns at once: how it goes stands in the run. */
export function importOrdersInBackground(container: MedusaContainer, input: ImportOrderHistoryInput): void {
  importOrdersWorkflow(container)
    .run({ input })
    .catch((error: unknown) => {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .error(`import ${input.import_id} stopped without a word`, error as Error)
    })
}
