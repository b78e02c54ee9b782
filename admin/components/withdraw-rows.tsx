import { Button, Text, toast, usePrompt } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { KillSwitchAnswer } from "../../src/types/http"
import { useWithdraw } from "../hooks/api/kill-switch"
import { useFormat } from "../hooks/use-format"

type Live = KillSwitchAnswer["kill_switch"]["live"]

/** What was promised lives on when the switch is pulled; taking it back is another button for each kind, confirmed by itself. */
export const WithdrawRows = ({ live }: { live: Live }) => {
  const { t } = useTranslation("marketing")
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex flex-col">
        <Text size="small" weight="plus">
          {t("killSwitch.promises")}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t("killSwitch.promisesHint")}
        </Text>
      </div>
      <Withdraw what="offers" live={live.offers} />
      <Withdraw what="prices" live={live.prices} />
    </div>
  )
}

const Withdraw = ({ what, live }: { what: keyof Live; live: Live[keyof Live] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const prompt = usePrompt()
  const { mutate, isPending } = useWithdraw()
  const { available, count, amounts } = live
  const worth =
    amounts.length > 0
      ? format.list(amounts.map(({ amount, currency_code }) => format.money(amount, currency_code)))
      : t("killSwitch.nothing")
  const told = !available
    ? t(`killSwitch.${what}.unavailable`)
    : count === 0
      ? t(`killSwitch.${what}.none`)
      : t("killSwitch.liveWorth", { live: t(`killSwitch.${what}.live`, { count }), amounts: worth })

  const withdraw = async () => {
    const confirmed = await prompt({
      title: t(`killSwitch.${what}.title`, { count }),
      description: t(`killSwitch.${what}.description`, { amounts: worth }),
      confirmText: t(`killSwitch.${what}.withdraw`),
      cancelText: t("actions.cancel"),
    })
    if (confirmed) {
      mutate(
        { what, count },
        {
          onSuccess: ({ withdrawn }) => toast.success(t(`killSwitch.${what}.done`, { count: withdrawn })),
          onError: (error) => toast.error(error.message),
        },
      )
    }
  }

  return (
    <div className="flex items-center justify-between gap-x-4">
      <Text size="small" className="text-ui-fg-subtle tabular-nums">
        {told}
      </Text>
      <Button
        size="small"
        variant="secondary"
        className="shrink-0"
        disabled={!available || count === 0}
        isLoading={isPending}
        onClick={() => void withdraw()}
      >
        {t(`killSwitch.${what}.withdraw`)}
      </Button>
    </div>
  )
}
