import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { decimalsOf } from "../../../core/decisions"
import { METRICS } from "../../../core/decisions/experiment"
import type { Placement } from "../../../core/recommendations"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { ExperimentPlan, StoredArm } from "../../../modules/decisions/experiments"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../../modules/recommendations"
import type { ExperimentArm, ExperimentBody } from "../../../types/http/experiments"
import { checkPlacement } from "../../recommendations/placement-settings"
import { checkedSettings, kindOf, settingsAnswer } from "../automation-answer"
import { AUTOMATION_KINDS } from "../kinds"

const STOREFRONT_KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/

/**
 * The plan as it is kept: settings of an automation's arms in minor units, and only those that the arm names.
 * @throws INVALID_DATA that names every field that is wrong, NOT_FOUND when the target is not there
 */
export async function storedPlan(container: MedusaContainer, body: ExperimentBody): Promise<ExperimentPlan> {
  const { target, hypothesis = "", ...rest } = body
  checkBody(body)
  const arms = await storedArms(container, target, rest.arms)
  return { ...rest, hypothesis, arms, target_type: target.type, target_id: target.id }
}

/** Whether it can still be started: what it changes may have been changed, or gone, since it was drafted. */
export async function checkStart(container: MedusaContainer, plan: ExperimentPlan): Promise<void> {
  await storedPlan(container, {
    ...plan,
    target: { type: plan.target_type, id: plan.target_id },
    arms: armsAnswer(await fieldsOf(container, plan), plan.arms),
  })
}

/** Arms as HTTP says them: money in major units. */
export function armsAnswer(
  fields: Parameters<typeof settingsAnswer>[0],
  arms: readonly StoredArm[],
): ExperimentArm[] {
  return arms.map((arm) => ({ ...arm, settings: arm.settings && settingsAnswer(fields, arm.settings) }))
}

/** The fields of the automation that it is on; undefined: it is on none, or that is gone. */
export async function fieldsOf(
  container: MedusaContainer,
  { target_type, target_id }: Pick<ExperimentPlan, "target_type" | "target_id">,
): Promise<Parameters<typeof settingsAnswer>[0]> {
  if (target_type !== "automation") return undefined
  const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const automation = (await switchboard.snapshot(Date.now())).automations.get(target_id)
  return automation && AUTOMATION_KINDS.get(automation.kind)
}

function checkBody({ arms, primary_metric, metrics, currency_code }: ExperimentBody): void {
  const wrong: string[] = []
  const keys = arms.map(({ key }) => key)
  const twice = keys.find((key, i) => keys.indexOf(key) !== i)
  if (twice) wrong.push(`arms: "${twice}" stands there twice`)
  if (arms.every(({ off }) => off)) wrong.push("arms: at least one must not be off")
  if (!metrics.includes(primary_metric)) {
    wrong.push(`metrics: must hold the primary metric, ${primary_metric}`)
  }
  const unknown = metrics.find((metric) => !(metric in METRICS))
  if (unknown) wrong.push(`metrics: "${unknown}" is none; there are ${Object.keys(METRICS).join(", ")}`)
  try {
    decimalsOf(currency_code)
  } catch {
    wrong.push(`currency_code: must be three lower-case letters such as "eur", got "${currency_code}"`)
  }
  if (wrong.length > 0) throw new MedusaError(MedusaError.Types.INVALID_DATA, wrong.join("; "))
}

async function storedArms(
  container: MedusaContainer,
  target: ExperimentBody["target"],
  arms: readonly ExperimentArm[],
): Promise<StoredArm[]> {
  switch (target.type) {
    case "automation": {
      const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
      const automation = await switchboard.automation(target.id)
      const kind = kindOf(automation)
      return eachArm(arms, (settings) => {
        const whole = checkedSettings(kind, automation.settings, settings)
        return Object.fromEntries(Object.keys(settings).map((name) => [name, whole[name]]))
      })
    }
    case "placement": {
      const { placements } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
      const placement = (await placements.refresh()).get(target.id)
      if (!placement) {
        throw new MedusaError(MedusaError.Types.NOT_FOUND, `target.id: there is no placement "${target.id}"`)
      }
      return eachArm(arms, (settings) => {
        if ("enabled" in settings) {
          throw new MedusaError(
            MedusaError.Types.INVALID_DATA,
            "settings.enabled: is not an arm's to say: set the arm's off, so that who would have met it is counted",
          )
        }
        checkPlacement({ ...placement.settings, ...(settings as Partial<Placement>) })
        return settings
      })
    }
    case "storefront":
      if (!STOREFRONT_KEY.test(target.id)) {
        throw new MedusaError(
          MedusaError.Types.INVALID_DATA,
          `target.id: must be a key of a-z, 0-9, - and _ that the storefront asks with, got "${target.id}"`,
        )
      }
      return eachArm(arms, (settings) => settings)
  }
}

function eachArm(
  arms: readonly ExperimentArm[],
  checked: (settings: Record<string, unknown>) => Record<string, unknown>,
): StoredArm[] {
  return arms.map((arm, i) => {
    if (arm.settings === null) return arm
    try {
      return { ...arm, settings: checked(arm.settings) }
    } catch (error) {
      const { type, message } = error as Partial<MedusaError>
      if (type !== MedusaError.Types.INVALID_DATA) throw error
      throw new MedusaError(MedusaError.Types.INVALID_DATA, `arms.${i}.${message}`)
    }
  })
}
