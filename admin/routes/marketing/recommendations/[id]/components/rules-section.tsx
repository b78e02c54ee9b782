import { ArrowDownMini, ArrowUpMini, PencilSquare, Plus, Trash } from "@medusajs/icons"
import { Button, IconButton, StatusBadge, Switch, Text, toast } from "@medusajs/ui"
import { useEffect, useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import type { MerchandisingRule } from "../../../../../../src/types/http"
import { HelpTip } from "../../../../../components/help-tip"
import { RowMenu } from "../../../../../components/row-menu"
import { Section } from "../../../../../components/section"
import { useFormat } from "../../../../../hooks/use-format"
import { MOST_RULES, moved, putBack, ruleState } from "../../../../../lib/placement-draft"
import { conditionsOf } from "../../../../../lib/product-filter"
import { RuleModal } from "./rule-modal"
import type { DraftProps } from "./section-props"

const STATE_COLOURS = { on: "green", off: "grey", waiting: "blue", over: "grey" } as const

export const RulesSection = ({ draft, update }: DraftProps) => {
  const { t } = useTranslation("marketing")
  const { rules } = draft
  const latest = useRef(rules)
  useEffect(() => {
    latest.current = rules
  }, [rules])
  /** The rule in the form: one of the list, or a new one while `null`. */
  const [edited, setEdited] = useState<MerchandisingRule | null>()

  const replace = (rule: MerchandisingRule) =>
    update({ rules: rules.map((other) => (other.id === rule.id ? rule : other)) })
  const keep = (rule: MerchandisingRule) => {
    if (rules.some(({ id }) => id === rule.id)) {
      replace(rule)
    } else {
      update({ rules: [...rules, rule] })
    }
    setEdited(undefined)
  }
  const remove = (rule: MerchandisingRule) => {
    const at = rules.indexOf(rule)
    update({ rules: rules.filter(({ id }) => id !== rule.id) })
    toast.info(t("rules.deleted", { name: rule.name }), {
      action: {
        label: t("actions.undo"),
        altText: t("actions.undo"),
        onClick: () => update({ rules: putBack(latest.current, rule, at) }),
      },
    })
  }

  return (
    <Section
      title={t("rules.title")}
      help={<HelpTip text={t("rules.help")} />}
      description={t("rules.description")}
      actions={
        <Button
          size="small"
          variant="secondary"
          disabled={rules.length >= MOST_RULES}
          onClick={() => setEdited(null)}
        >
          <Plus />
          {t("rules.add")}
        </Button>
      }
    >
      {rules.length === 0 ? (
        <Text size="small" className="text-ui-fg-muted text-pretty px-6 py-4">
          {t("rules.none")}
        </Text>
      ) : (
        <ol className="divide-y">
          {rules.map((rule, at) => (
            <li key={rule.id} className="flex items-start gap-x-3 px-6 py-3">
              <Switch
                size="small"
                className="mt-0.5 shrink-0"
                aria-label={t("rules.switch", { name: rule.name })}
                checked={rule.enabled}
                onCheckedChange={(enabled) => replace({ ...rule, enabled })}
              />
              <RuleText rule={rule} />
              <div className="flex shrink-0 items-center gap-x-1">
                <IconButton
                  size="2xsmall"
                  variant="transparent"
                  aria-label={t("actions.moveUp", { name: rule.name })}
                  disabled={at === 0}
                  onClick={() => update({ rules: moved(rules, at, -1) })}
                >
                  <ArrowUpMini />
                </IconButton>
                <IconButton
                  size="2xsmall"
                  variant="transparent"
                  aria-label={t("actions.moveDown", { name: rule.name })}
                  disabled={at === rules.length - 1}
                  onClick={() => update({ rules: moved(rules, at, 1) })}
                >
                  <ArrowDownMini />
                </IconButton>
                <RowMenu
                  label={t("rules.actionsOf", { name: rule.name })}
                  groups={[
                    {
                      actions: [
                        { icon: <PencilSquare />, label: t("actions.edit"), onClick: () => setEdited(rule) },
                        { icon: <Trash />, label: t("actions.delete"), onClick: () => remove(rule) },
                      ],
                    },
                  ]}
                />
              </div>
            </li>
          ))}
        </ol>
      )}
      {edited !== undefined && <RuleModal rule={edited} onKeep={keep} onClose={() => setEdited(undefined)} />}
    </Section>
  )
}

const RuleText = ({ rule }: { rule: MerchandisingRule }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { action } = rule
  const state = ruleState(rule, Date.now())
  const conditions = conditionsOf(rule.filter).length

  const what =
    action.type === "pin"
      ? t("rules.summary.pin", {
          count: action.product_ids.length,
          formatted: format.number(action.product_ids.length),
          position: format.number(action.position),
        })
      : t(`rules.summary.${action.type}`, {
          count: conditions,
          formatted: format.number(conditions),
          factor: "factor" in action ? format.decimal(action.factor) : "",
        })
  const when = [
    rule.starts_at && t("rules.from", { date: format.dateTime(rule.starts_at) }),
    rule.ends_at && t("rules.until", { date: format.dateTime(rule.ends_at) }),
  ].filter(Boolean)

  return (
    <div className="flex min-w-0 flex-1 flex-col gap-y-0.5">
      <div className="flex flex-wrap items-center gap-x-2">
        <Text size="small" leading="compact" weight="plus" className="min-w-0 truncate">
          {rule.name}
        </Text>
        <StatusBadge color={STATE_COLOURS[state]}>{t(`rules.states.${state}`)}</StatusBadge>
      </div>
      <Text size="small" leading="compact" className="text-ui-fg-subtle text-pretty">
        {what}
      </Text>
      {when.length > 0 && (
        <Text size="small" leading="compact" className="text-ui-fg-muted text-pretty">
          {when.join(" · ")}
        </Text>
      )}
    </div>
  )
}
