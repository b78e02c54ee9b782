import { SectionRow } from "@medusajs/dashboard/components"
import { PencilSquare } from "@medusajs/icons"
import { useTranslation } from "react-i18next"
import { LoadError } from "../../../../../components/load-error"
import { RowMenu } from "../../../../../components/row-menu"
import { Section } from "../../../../../components/section"
import { RowsSkeleton } from "../../../../../components/skeletons"
import { useGuard } from "../../../../../hooks/api/guard"
import { useFormat } from "../../../../../hooks/use-format"

export const GuardSection = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { guard, isPending, error, refetch } = useGuard()

  return (
    <Section
      title={t("guard.title")}
      description={t("guard.description")}
      actions={
        guard && (
          <RowMenu
            label={t("guard.edit")}
            groups={[{ actions: [{ icon: <PencilSquare />, label: t("actions.edit"), to: "edit" }] }]}
          />
        )
      }
    >
      {isPending ? (
        <RowsSkeleton rows={6} />
      ) : guard ? (
        <>
          <SectionRow
            title={t("guard.quietHours")}
            value={guard.quiet_hours ? t("guard.quietValue", guard.quiet_hours) : t("guard.none")}
          />
          <SectionRow
            title={t("guard.caps")}
            value={
              guard.caps.length > 0
                ? format.list(
                    guard.caps.map(({ most, per }) =>
                      t("guard.cap", { most: format.number(most), per: t(`periods.${per}`) }),
                    ),
                  )
                : t("guard.none")
            }
          />
          <SectionRow
            title={t("guard.approvalHours")}
            value={t("guard.hours", { count: guard.approval_hours })}
          />
          <SectionRow
            title={t("guard.breaker")}
            value={
              guard.breaker.enabled
                ? t("guard.breakerValue", {
                    minute: format.decimal(guard.breaker.minute_times),
                    hour: format.decimal(guard.breaker.hour_times),
                  })
                : t("guard.breakerOff")
            }
          />
          <SectionRow title={t("guard.globalHoldout")} value={format.percent(guard.global_holdout)} />
          <SectionRow title={t("guard.timeZone")} value={guard.time_zone.replaceAll("_", " ")} />
        </>
      ) : (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
    </Section>
  )
}
