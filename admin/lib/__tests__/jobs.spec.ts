import type { JobProgress } from "../../../src/types/http"
import { latestOf } from "../jobs"

const job = (status: JobProgress["status"], done: number, id = "run_1"): JobProgress => ({
  id,
  status,
  step: null,
  done,
  total: 100,
  unit: "percent",
  error: null,
  started_at: null,
  finished_at: null,
})

test("while the overview has a job under way, what was followed is newer", () => {
  expect(latestOf(job("running", 10), job("running", 40))?.done).toBe(40)
  expect(latestOf(job("running", 10), job("succeeded", 100))?.status).toBe("succeeded")
})

test("once the overview tells the end, a picture taken before it is not believed", () => {
  expect(latestOf(job("succeeded", 100), job("running", 90))?.status).toBe("succeeded")
})

test("a job that was followed earlier says nothing about the one of now", () => {
  expect(latestOf(job("running", 5, "run_2"), job("succeeded", 100, "run_1"))?.id).toBe("run_2")
  expect(latestOf(null, job("succeeded", 100))).toBeNull()
})
