import { StopCircleSolid } from "@medusajs/icons"
import { Button, Text, toast, usePrompt } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { KillSwitchAnswer, KillSwitchBody } from "../../src/types/http"
import { useKillSwitch, useSetKillSwitch } from "../hooks/api/kill-switch"
import { useActorName } from "../hooks/api/users"
import { useFormat } from "../hooks/use-format"

type State = KillSwitchAnswer["kill_switch"]["store"]

/** Says on every page of ours that nothing is done, who stopped it and why. */
export const KillSwitchBanner = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { killSwitch } = useKillSwitch()
  if (!killSwitch) {
    return null
  }
  const stopped = killSwitch.capabilities.filter(({ killed }) => killed)
  if (killSwitch.store.killed) {
    return <Banner title={t("killSwitch.killed")} state={killSwitch.store} scopes={["store"]} />
  }
  if (stopped.length > 0) {
    const names = format.list(stopped.map(({ capability }) => t(`capabilities.names.${capability}`)))
    return (
      <Banner
        title={t("killSwitch.killedCapabilities", { names })}
        state={stopped.length === 1 ? stopped[0] : null}
        scopes={stopped.map(({ capability }) => capability)}
      />
    )
  }
  return null
}

interface BannerProps {
  title: string
  /** null where several were stopped, each for its own reason. */
  state: State | null
  scopes: KillSwitchBody["scope"][]
}

const Banner = ({ title, state, scopes }: BannerProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const actorName = useActorName()
  const { resume, isPending } = useResume()
  const ago = state?.at && format.ago(state.at)

  return (
    <div
      role="alert"
      className="bg-ui-tag-red-bg border-ui-tag-red-border flex flex-col items-start justify-between gap-3 rounded-lg border px-6 py-4 md:flex-row md:items-center"
    >
      <div className="flex items-start gap-x-3">
        <StopCircleSolid className="text-ui-tag-red-icon mt-0.5 shrink-0" />
        <div className="flex flex-col gap-y-0.5">
          <Text size="small" weight="plus" className="text-ui-tag-red-text">
            {title}
          </Text>
          <Text size="small" className="text-ui-tag-red-text text-pretty">
            {[
              ago &&
                (state.by
                  ? t("killSwitch.since", { by: actorName(state.by), ago })
                  : t("killSwitch.sinceSomebody", { ago })),
              state?.reason && t("killSwitch.reason", { reason: state.reason }),
              t("killSwitch.honoured"),
            ]
              .filter(Boolean)
              .join(" ")}
          </Text>
        </div>
      </div>
      <Button
        size="small"
        variant="secondary"
        className="shrink-0"
        isLoading={isPending}
        onClick={() => void resume(scopes)}
      >
        {t("killSwitch.resume")}
      </Button>
    </div>
  )
}

/** Asks, then lets the scopes act again, one after the other. */
export function useResume() {
  const { t } = useTranslation("marketing")
  const prompt = usePrompt()
  const { mutateAsync, isPending } = useSetKillSwitch()
  const resume = async (scopes: KillSwitchBody["scope"][]) => {
    const confirmed = await prompt({
      variant: "confirmation",
      title: t("killSwitch.resumeTitle"),
      description: t("killSwitch.resumeDescription"),
      confirmText: t("killSwitch.resume"),
      cancelText: t("actions.cancel"),
    })
    if (!confirmed) {
      return
    }
    try {
      for (const scope of scopes) {
        await mutateAsync({ scope, killed: false })
      }
      toast.success(t("killSwitch.resumed"))
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error))
    }
  }
  return { resume, isPending }
}
