/** One step of a long seeding: `done` of `total` rows, or just that it began (0 of 1) and ended (1 of 1). */
export interface Progress {
  step: string
  done: number
  total: number
}

export type OnProgress = (progress: Progress) => void
