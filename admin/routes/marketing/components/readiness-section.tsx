import { Text, clx } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { OverviewAnswer, ReadinessTier } from "../../../../src/types/http"
import { HelpTip } from "../../../components/help-tip"
import { ProgressBar } from "../../../components/progress-bar"
import { ReadinessBadge } from "../../../components/readiness-badge"
import { Section } from "../../../components/section"
import { useFormat } from "../../../hooks/use-format"

type Readiness = OverviewAnswer["overview"]["readiness"]

const TIERS: ReadinessTier[] = ["cold", "warm", "ready"]

export const ReadinessSection = ({ readiness }: { readiness: Readiness }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  const { tier, orders, next } = readiness
  const reached = TIERS.indexOf(tier)
  const orderCount = t("readiness.orders", { count: orders, formatted: format.number(orders) })
  const toGo = next
    ? t("readiness.next", {
        count: next.orders_needed,
        formatted: format.number(next.orders_needed),
        tier: t(`readiness.tiers.${next.tier}`),
      })
    : t("readiness.top")

  return (
    <Section
      title={t("readiness.title")}
      help={<HelpTip text={t("readiness.help")} />}
      actions={<ReadinessBadge tier={tier} />}
    >
      <div className="flex flex-col gap-y-4 px-6 py-4">
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t(`readiness.meaning.${tier}`)}
        </Text>
        <div className="flex flex-col gap-y-2">
          <ol className="grid grid-cols-3 gap-x-1" aria-label={t("readiness.title")}>
            {TIERS.map((step, index) => (
              <li
                key={step}
                aria-current={step === tier ? "step" : undefined}
                className="flex flex-col gap-y-2"
              >
                <Bar
                  label={t(`readiness.tiers.${step}`)}
                  valueText={index === reached ? `${orderCount}. ${toGo}` : t(`readiness.tiers.${step}`)}
                  share={
                    index < reached || !next
                      ? 1
                      : index > reached
                        ? 0
                        : orders / (orders + next.orders_needed)
                  }
                />
                <Text
                  size="xsmall"
                  leading="compact"
                  className={clx(index === reached ? "text-ui-fg-base" : "text-ui-fg-muted")}
                >
                  {t(`readiness.tiers.${step}`)}
                </Text>
              </li>
            ))}
          </ol>
        </div>
        <div className="flex items-center justify-between gap-x-4">
          <Text size="small" leading="compact" weight="plus" className="tabular-nums">
            {orderCount}
          </Text>
          <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums">
            {toGo}
          </Text>
        </div>
      </div>
    </Section>
  )
}

const Bar = (props: { label: string; valueText: string; share: number }) => (
  <ProgressBar {...props} tone={props.share === 1 ? "success" : "interactive"} />
)
