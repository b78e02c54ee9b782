import type { HoldoutEffect } from "../../src/types/http"

/** Rarer than this by chance, and the split itself is at fault. */
const BROKEN_SPLIT = 0.001

export function isSplitBroken({ sample_ratio_p }: Pick<HoldoutEffect, "sample_ratio_p">): boolean {
  return sample_ratio_p !== null && sample_ratio_p < BROKEN_SPLIT
}
