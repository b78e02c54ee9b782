/** [English, Chinese, one sentence about it] */
export type Thing = readonly [name: string, chinese: string, about: string]
/** [English, Chinese, price against the leaf's middle, colour of its picture] */
export type Style = readonly [name: string, chinese: string, price: number, colour: string]

/** Months' pull on demand: see `SEASONS` in effects.ts. */
export type Season = "steady" | "spring" | "summer" | "autumn" | "gifts"

/** The outline drawn in a product's picture. */
export type Shape =
  | "bag"
  | "dripper"
  | "grinder"
  | "machine"
  | "box"
  | "cup"
  | "tin"
  | "teapot"
  | "infuser"
  | "knife"
  | "board"
  | "pan"
  | "bakeware"
  | "jar"
  | "spoon"
  | "plate"
  | "glass"
  | "cloth"
  | "packet"
  | "plant"
  | "trowel"
  | "sack"
  | "can"
  | "candle"
  | "bottle"

/** One lowest category. Every thing comes in every style: things tell substitutes apart from the rest, styles carry a mood. */
export interface Leaf {
  handle: string
  name: string
  chinese: string
  /** Said in every description of the leaf. */
  about: string
  things: readonly Thing[]
  /** Always four, in the order of MOODS. */
  styles: readonly [Style, Style, Style, Style]
  option: { name: string; values: readonly (readonly [value: string, price: number])[] }
  /** EUR, lowest and highest price of the first option value. */
  price: readonly [number, number]
  /** Cost as a share of the price. */
  cost: number
  season: Season
  /** Days that one unit lasts, for what is used up; absent for what is kept. */
  lasts?: number
  /** Things of such a leaf that are kept all the same. */
  kept?: readonly string[]
  /** Share of sold lines that come back. */
  returned: number
  /** Weight of the leaf in what people buy. */
  pull: number
  shape: Shape
  tags: readonly string[]
}

export interface Department {
  handle: string
  name: string
  chinese: string
  leaves: readonly Leaf[]
}

/** A shopper's hidden taste leans to some of these; position in a leaf's `styles` is the product's mood. */
export const MOODS = ["classic", "natural", "modern", "bright"] as const
