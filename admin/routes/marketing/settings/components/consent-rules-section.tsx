import { PencilSquare, ShieldCheck, Trash } from "@medusajs/icons"
import { RowMenu } from "../../../../components/row-menu"
import { Badge, Button, StatusBadge, Table, toast, usePrompt } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { ConsentRule } from "../../../../../src/types/http"
import { EmptyState } from "../../../../components/empty-state"
import { LoadError } from "../../../../components/load-error"
import { Section } from "../../../../components/section"
import { RowsSkeleton } from "../../../../components/skeletons"
import { useConsentRules, useDeleteConsentRule } from "../../../../hooks/api/consent-rules"
import { useCountryName } from "../../../../hooks/use-country-name"
import { useFormat } from "../../../../hooks/use-format"
import { ALL_OTHERS, PURPOSES } from "../../../../lib/purposes"

export const ConsentRulesSection = () => {
  const { t } = useTranslation("marketing")
  const { rules, isPending, error, refetch } = useConsentRules()

  const create = (
    <Button size="small" variant="secondary" asChild>
      <Link to="create-rule">{t("consent.create")}</Link>
    </Button>
  )

  return (
    <Section
      level="h1"
      title={t("consent.title")}
      description={t("consent.description")}
      actions={rules?.length ? create : undefined}
    >
      {isPending ? (
        <RowsSkeleton rows={3} />
      ) : !rules ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : rules.length === 0 ? (
        <EmptyState
          icon={<ShieldCheck className="text-ui-fg-subtle" />}
          title={t("consent.emptyTitle")}
          message={t("consent.emptyMessage")}
          action={create}
        />
      ) : (
        <RulesTable rules={rules} />
      )}
    </Section>
  )
}

const RulesTable = ({ rules }: { rules: ConsentRule[] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const countryName = useCountryName()
  // The rule for all others is read last, as the rest of the list it stands for.
  const sorted = [...rules].sort(
    (a, b) =>
      Number(a.country_code === ALL_OTHERS) - Number(b.country_code === ALL_OTHERS) ||
      countryName(a.country_code).localeCompare(countryName(b.country_code), format.locale),
  )

  return (
    <div className="overflow-x-auto">
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>{t("consent.country")}</Table.HeaderCell>
            <Table.HeaderCell>{t("consent.allowed")}</Table.HeaderCell>
            <Table.HeaderCell>{t("consent.confirmation")}</Table.HeaderCell>
            <Table.HeaderCell>
              <span className="sr-only">{t("general.actions")}</span>
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {sorted.map((rule) => {
            const allowed = PURPOSES.filter((purpose) => rule.defaults[purpose])
            return (
              <Table.Row key={rule.country_code}>
                <Table.Cell className="text-ui-fg-base whitespace-nowrap">
                  {countryName(rule.country_code)}
                </Table.Cell>
                <Table.Cell>
                  <div className="flex flex-wrap gap-1 py-2">
                    {allowed.length === 0 && t("consent.askForAll")}
                    {allowed.map((purpose) => (
                      <Badge key={purpose} size="2xsmall">
                        {t(`purposes.${purpose}`)}
                      </Badge>
                    ))}
                  </div>
                </Table.Cell>
                <Table.Cell className="whitespace-nowrap">
                  {rule.confirmed_at ? (
                    <StatusBadge color="green">
                      {t("consent.confirmedAt", { date: format.date(rule.confirmed_at) })}
                    </StatusBadge>
                  ) : (
                    <StatusBadge color="orange">{t("consent.notConfirmed")}</StatusBadge>
                  )}
                </Table.Cell>
                <Table.Cell className="text-right">
                  <RuleActions rule={rule} name={countryName(rule.country_code)} />
                </Table.Cell>
              </Table.Row>
            )
          })}
        </Table.Body>
      </Table>
    </div>
  )
}

const RuleActions = ({ rule, name }: { rule: ConsentRule; name: string }) => {
  const { t } = useTranslation("marketing")
  const prompt = usePrompt()
  const { mutate } = useDeleteConsentRule()

  const remove = async () => {
    const confirmed = await prompt({
      title: t("general.areYouSure"),
      description: t("consent.deleteDescription", { country: name }),
      confirmText: t("actions.delete"),
      cancelText: t("actions.cancel"),
    })
    if (confirmed) {
      mutate(rule.country_code, {
        onSuccess: () => toast.success(t("consent.deleted", { country: name })),
        onError: (error) => toast.error(error.message),
      })
    }
  }

  return (
    <RowMenu
      label={t("consent.actions", { country: name })}
      groups={[
        {
          actions: [
            {
              icon: <PencilSquare />,
              label: t("actions.edit"),
              to: `edit-rule?country_code=${encodeURIComponent(rule.country_code)}`,
            },
          ],
        },
        { actions: [{ icon: <Trash />, label: t("actions.delete"), onClick: () => void remove() }] },
      ]}
    />
  )
}
