import { PencilSquare } from "@medusajs/icons"
import { Button, StatusBadge, Table, Text, toast, usePrompt } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { CapabilityStateAnswer } from "../../../../../../src/types/http"
import { ModeBadge } from "../../../../../components/decision-badges"
import { LoadError } from "../../../../../components/load-error"
import { RowMenu } from "../../../../../components/row-menu"
import { Section } from "../../../../../components/section"
import { RowsSkeleton } from "../../../../../components/skeletons"
import { useCapabilities, useUpdateCapability } from "../../../../../hooks/api/capabilities"
import { useDecisionText } from "../../../../../hooks/use-decision-text"
import { useFormat } from "../../../../../hooks/use-format"

export const CapabilitiesSection = () => {
  const { t } = useTranslation("marketing")
  const { capabilities, isPending, error, refetch } = useCapabilities()

  return (
    <Section level="h1" title={t("capabilities.title")} description={t("capabilities.description")}>
      {isPending ? (
        <RowsSkeleton rows={6} />
      ) : !capabilities ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : (
        <div className="overflow-x-auto">
          <Table>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell>{t("capabilities.one")}</Table.HeaderCell>
                <Table.HeaderCell>{t("modes.one")}</Table.HeaderCell>
                <Table.HeaderCell>{t("capabilities.holdout")}</Table.HeaderCell>
                <Table.HeaderCell>{t("capabilities.state")}</Table.HeaderCell>
                <Table.HeaderCell>
                  <span className="sr-only">{t("general.actions")}</span>
                </Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {capabilities.map((capability) => (
                <Row key={capability.capability} state={capability} />
              ))}
            </Table.Body>
          </Table>
        </div>
      )}
    </Section>
  )
}

const Row = ({ state }: { state: CapabilityStateAnswer }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const name = t(`capabilities.names.${state.capability}`)

  if (!state.available) {
    return (
      <Table.Row>
        <Table.Cell className="text-ui-fg-muted whitespace-nowrap">{name}</Table.Cell>
        <Table.Cell className="text-ui-fg-muted">–</Table.Cell>
        <Table.Cell className="text-ui-fg-muted">–</Table.Cell>
        <Table.Cell className="text-ui-fg-muted whitespace-nowrap">
          {t("capabilities.unavailable")}
        </Table.Cell>
        <Table.Cell />
      </Table.Row>
    )
  }
  return (
    <Table.Row>
      <Table.Cell className="text-ui-fg-base whitespace-nowrap">{name}</Table.Cell>
      <Table.Cell>
        <ModeBadge mode={state.mode} percent={state.canary_percent} />
      </Table.Cell>
      <Table.Cell className="tabular-nums">{format.percent(state.holdout)}</Table.Cell>
      <Table.Cell>
        {state.tripped ? (
          <Tripped state={state} tripped={state.tripped} name={name} />
        ) : (
          <StatusBadge color={state.killed ? "red" : "green"}>
            {t(state.killed ? "capabilities.stopped" : "capabilities.works")}
          </StatusBadge>
        )}
      </Table.Cell>
      <Table.Cell className="text-end">
        <RowMenu
          label={t("capabilities.edit", { name })}
          groups={[
            {
              actions: [
                {
                  icon: <PencilSquare />,
                  label: t("actions.edit"),
                  to: `capability?capability=${state.capability}`,
                },
              ],
            },
          ]}
        />
      </Table.Cell>
    </Table.Row>
  )
}

interface TrippedProps {
  state: CapabilityStateAnswer
  tripped: NonNullable<CapabilityStateAnswer["tripped"]>
  name: string
}

const Tripped = ({ state, tripped, name }: TrippedProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const text = useDecisionText()
  const prompt = usePrompt()
  const { mutate, isPending } = useUpdateCapability()

  const switchOn = async () => {
    const confirmed = await prompt({
      variant: "confirmation",
      title: t("capabilities.switchOnTitle", { name }),
      description: t("capabilities.switchOnDescription"),
      confirmText: t("capabilities.switchOn"),
      cancelText: t("actions.cancel"),
    })
    if (confirmed) {
      // Setting the mode, to what it is, ends the shadow that the breaker has put it into.
      mutate(
        { capability: state.capability, mode: state.mode, version: state.version },
        {
          onSuccess: () => toast.success(t("capabilities.switchedOn", { name })),
          onError: (error) => toast.error(error.message),
        },
      )
    }
  }

  return (
    <div className="flex flex-col items-start gap-y-1.5 py-2">
      <StatusBadge color="red">{t("capabilities.tripped")}</StatusBadge>
      <Text size="xsmall" className="text-ui-fg-subtle text-pretty max-w-md whitespace-normal">
        {t("capabilities.trippedAt", { ago: format.ago(tripped.at), reason: text.reason(tripped.reason) })}
      </Text>
      <Button
        size="small"
        variant="secondary"
        isLoading={isPending}
        aria-label={t("capabilities.switchOnNamed", { name })}
        onClick={() => void switchOn()}
      >
        {t("capabilities.switchOn")}
      </Button>
    </div>
  )
}
