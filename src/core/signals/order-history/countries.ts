/**
 * ISO 3166 two-letter code, lower case as Medusa keeps it, of a code or an English name; null when not
 * understood, which is no reason to lose a sale. Names come from Intl; the aliases are what Intl does not say.
 */
const ALIASES: Record<string, string> = {
  uk: "gb",
  greatbritain: "gb",
  britain: "gb",
  england: "gb",
  scotland: "gb",
  wales: "gb",
  northernireland: "gb",
  eire: "ie",
  republicofireland: "ie",
  usa: "us",
  unitedstatesofamerica: "us",
  america: "us",
  uae: "ae",
  rsa: "za",
  korea: "kr",
  republicofkorea: "kr",
  czechrepublic: "cz",
  holland: "nl",
  thenetherlands: "nl",
  deutschland: "de",
  osterreich: "at",
  schweiz: "ch",
  espana: "es",
  italia: "it",
  turkey: "tr",
  vietnam: "vn",
  russianfederation: "ru",
  hongkong: "hk",
  macau: "mo",
  macedonia: "mk",
  swaziland: "sz",
  burma: "mm",
  ivorycoast: "ci",
  prchina: "cn",
  peoplesrepublicofchina: "cn",
  中国: "cn",
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
/** Regions Intl names that are no country of an address: unions, pseudo-locales, codes out of use. */
const NOT_A_COUNTRY = new Set([
  "EU",
  "EZ",
  "UN",
  "ZZ",
  "XA",
  "XB",
  "QO",
  "AN",
  "CS",
  "DD",
  "FX",
  "SU",
  "TP",
  "YD",
  "YU",
  "ZR",
])

const normalise = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/&/g, "and")
    .replace(/[^\p{L}]/gu, "")

let byName: Map<string, string> | undefined

function names(): Map<string, string> {
  if (byName === undefined) {
    byName = new Map()
    const display = new Intl.DisplayNames("en", { type: "region", fallback: "none" })
    for (const first of LETTERS) {
      for (const second of LETTERS) {
        const code = first + second
        const name = NOT_A_COUNTRY.has(code) ? undefined : display.of(code)
        // UK is an alias of GB in Intl: both carry the same name, and the first (GB) stays.
        if (name !== undefined && !byName.has(normalise(name))) {
          byName.set(normalise(name), code.toLowerCase())
          byName.set(code.toLowerCase(), code.toLowerCase())
        }
      }
    }
    for (const [name, code] of Object.entries(ALIASES)) {
      byName.set(name, code)
    }
  }
  return byName
}

export function countryCode(text: string): string | null {
  return names().get(normalise(text)) ?? null
}
