import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import { showInFeed, type FeedLine } from "./admin-feed"
import type { DeliveredDecision, DeliveryPort } from "./ports"

/** "admin_alert": one alert of ours and one line in the admin's feed for each decision, however often it is delivered. */
export const adminAlert: DeliveryPort = {
  async deliver(container, decision) {
    const { alerts } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const { key, data } = decision.explanation.summary
    await alerts.raiseOnce({
      level: "info",
      key,
      data: { ...data, subject_type: decision.subject.type, subject_id: decision.subject.id },
      capability: decision.capability,
      decision_id: decision.id,
      reference: `decision:${decision.id}`,
    })
    await showInFeed(container, decision.id, lineOf(decision))
    return {}
  },
}

/** The feed knows no translations. It names nobody and leads to nobody: a notification stays when a person is erased. */
function lineOf({ explanation }: DeliveredDecision): FeedLine {
  const { key, data } = explanation.summary
  if (key === "large_cart_left") {
    return {
      title: `A large cart was left: ${data.value} ${data.currency}`,
      description: `Nothing has happened in it for ${data.minutes} minutes. See Marketing, Decisions.`,
    }
  }
  return {
    title: `Marketing: ${key.replaceAll("_", " ")}`,
    description: Object.entries(data)
      .map(([name, value]) => `${name} ${value}`)
      .join(", "),
  }
}
