import { StopCircleSolid } from "@medusajs/icons"
import { Button, Heading, StatusBadge, Text, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import type { KillSwitchAnswer, KillSwitchBody } from "../../src/types/http"
import { useCapabilities } from "../hooks/api/capabilities"
import { useKillSwitch, useSetKillSwitch } from "../hooks/api/kill-switch"
import { LoadError } from "./load-error"
import { useResume } from "./kill-switch-banner"
import { ReasonPrompt } from "./reason-prompt"
import { RowsSkeleton } from "./skeletons"
import { WithdrawRows } from "./withdraw-rows"

export const KILL_SWITCH_ANCHOR = "kill-switch"

type Scope = KillSwitchBody["scope"]

/** What stops everything, set apart from the rest of the page so that nobody presses it in passing. */
export const KillSwitchSection = () => {
  const { t } = useTranslation("marketing")
  const id = useId()
  const { killSwitch, isPending, error, refetch } = useKillSwitch()

  return (
    <section
      id={KILL_SWITCH_ANCHOR}
      role="region"
      aria-labelledby={id}
      className="border-ui-tag-red-border bg-ui-bg-base mt-8 scroll-mt-4 divide-y overflow-hidden rounded-lg border"
    >
      <div className="flex items-start gap-x-3 px-6 py-4">
        <StopCircleSolid className="text-ui-tag-red-icon mt-1 shrink-0" />
        <div className="flex flex-col gap-y-1">
          <Heading level="h2" id={id}>
            {t("killSwitch.title")}
          </Heading>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {t("killSwitch.dangerDescription")}
          </Text>
        </div>
      </div>
      {killSwitch ? (
        <Rows {...killSwitch} />
      ) : isPending ? (
        <RowsSkeleton rows={3} />
      ) : (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
    </section>
  )
}

const Rows = ({ store, capabilities, live }: KillSwitchAnswer["kill_switch"]) => {
  const { t } = useTranslation("marketing")
  const { capabilities: states } = useCapabilities()
  const { mutate, isPending } = useSetKillSwitch()
  const { resume, isPending: resuming } = useResume()
  const [asking, setAsking] = useState<Scope | null>(null)
  // A capability that is not built in has nothing to stop; one that was stopped before stays in sight.
  const shown = capabilities.filter(
    ({ capability, killed }) =>
      killed || (states?.find((state) => state.capability === capability)?.available ?? true),
  )
  const nameOf = (scope: Scope) =>
    scope === "store" ? t("killSwitch.all") : t(`capabilities.names.${scope}`)

  const stop = (reason: string) =>
    asking &&
    mutate(
      { scope: asking, killed: true, ...(reason && { reason }) },
      {
        onSuccess: () => {
          toast.success(t("killSwitch.killedCapabilities", { names: nameOf(asking) }))
          setAsking(null)
        },
        onError: (error) => toast.error(error.message),
      },
    )

  return (
    <>
      <Row
        name={nameOf("store")}
        hint={t("killSwitch.allHint")}
        killed={store.killed}
        resuming={resuming}
        stopText={t("killSwitch.stopAll")}
        onStop={() => setAsking("store")}
        onResume={() => void resume(["store"])}
        heavy
      />
      {shown.map(({ capability, killed }) => (
        <Row
          key={capability}
          name={nameOf(capability)}
          killed={killed}
          resuming={resuming}
          stopText={t("killSwitch.stopOne")}
          onStop={() => setAsking(capability)}
          onResume={() => void resume([capability])}
        />
      ))}
      <WithdrawRows live={live} />
      <ReasonPrompt
        open={asking !== null}
        title={
          asking === "store"
            ? t("killSwitch.stopTitle")
            : t("killSwitch.stopOneTitle", { name: asking ? nameOf(asking) : "" })
        }
        description={t(asking === "store" ? "killSwitch.stopDescription" : "killSwitch.stopOneDescription")}
        confirmText={t(asking === "store" ? "killSwitch.stopAll" : "killSwitch.stopOne")}
        isLoading={isPending}
        onConfirm={stop}
        onClose={() => setAsking(null)}
      />
    </>
  )
}

interface RowProps {
  name: string
  hint?: string
  killed: boolean
  resuming: boolean
  stopText: string
  heavy?: boolean
  onStop: () => void
  onResume: () => void
}

const Row = ({ name, hint, killed, resuming, stopText, heavy, onStop, onResume }: RowProps) => {
  const { t } = useTranslation("marketing")
  return (
    <div className="flex items-center justify-between gap-x-4 px-6 py-3">
      <div className="flex min-w-0 flex-col">
        <Text size="small" weight={heavy ? "plus" : "regular"}>
          {name}
        </Text>
        {hint && (
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {hint}
          </Text>
        )}
      </div>
      <div className="flex shrink-0 items-center gap-x-3">
        <StatusBadge color={killed ? "red" : "green"}>
          {t(killed ? "killSwitch.stopped" : "killSwitch.acting")}
        </StatusBadge>
        {killed ? (
          <Button
            size="small"
            variant="secondary"
            isLoading={resuming}
            aria-label={t("killSwitch.resumeNamed", { name })}
            onClick={onResume}
          >
            {t("killSwitch.resume")}
          </Button>
        ) : (
          <Button
            size="small"
            variant={heavy ? "danger" : "secondary"}
            aria-label={heavy ? undefined : t("killSwitch.stopOneNamed", { name })}
            onClick={onStop}
          >
            {stopText}
          </Button>
        )}
      </div>
    </div>
  )
}
