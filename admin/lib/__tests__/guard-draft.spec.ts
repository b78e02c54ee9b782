import type { GuardSettings } from "../../../src/types/http"
import { guardFaults } from "../guard-draft"

const sound: GuardSettings = {
  quiet_hours: { from: "21:00", to: "08:00" },
  caps: [{ most: 2, per: "day" }],
  approval_hours: 72,
  breaker: { enabled: true, minute_times: 10, hour_times: 4, minimum: {} },
  global_holdout: 0.05,
  time_zone: "Europe/Berlin",
}
const faults = (change: Partial<GuardSettings>) => [...guardFaults({ ...sound, ...change })]

test("quiet hours over midnight, a cap and the usual shares are sound", () => {
  expect(faults({})).toEqual([])
  expect(faults({ quiet_hours: null, caps: [] })).toEqual([])
})

test("quiet hours of no length or of no clock are a fault", () => {
  expect(faults({ quiet_hours: { from: "08:00", to: "08:00" } })).toEqual(["clock"])
  expect(faults({ quiet_hours: { from: "24:00", to: "08:00" } })).toEqual(["clock"])
})

test("two caps for one span are a fault, as is one of 0", () => {
  expect(
    faults({
      caps: [
        { most: 2, per: "day" },
        { most: 3, per: "day" },
      ],
    }),
  ).toEqual(["cap"])
  expect(faults({ caps: [{ most: 0, per: "day" }] })).toEqual(["cap"])
})

test("numbers out of reach are faults of their own field", () => {
  expect(faults({ approval_hours: 721 })).toEqual(["approval"])
  expect(faults({ breaker: { ...sound.breaker, minute_times: 1 } })).toEqual(["minute"])
  expect(faults({ breaker: { ...sound.breaker, hour_times: NaN } })).toEqual(["hour"])
  expect(faults({ global_holdout: 0.51 })).toEqual(["share"])
})
