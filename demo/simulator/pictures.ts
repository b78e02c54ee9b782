import { OWN_OUTLINES } from "./own-outlines"
import { SHAPES, type Tones } from "./outlines"
import type { Product } from "./types"

/**
 * A product's picture: its thing's or its leaf's outline in its style's colour on a tinted ground, 400 × 400. Things of one
 * leaf differ by their size and the sign in the corner too, so that two pictures of a shelf are told apart at a glance.
 */
export function drawPicture(product: Product): string {
  const colour = product.leaf.styles[product.mood][3]
  const thing = product.leaf.things.findIndex(([name]) => `${product.style} ${name}` === product.title)
  const tones: Tones = {
    main: colour,
    dark: mix(colour, "#1f1a17", 0.35),
    light: mix(colour, "#ffffff", 0.55),
    mark: mix(colour, luminance(colour) > 0.6 ? "#1f1a17" : "#ffffff", 0.75),
  }
  const ground = mix(colour, "#faf7f2", 0.88)
  const scale = [1, 0.94, 1.04, 0.9][thing] ?? 1
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img" aria-label="${escape(product.title)}">`,
    `<rect width="400" height="400" fill="${ground}"/>`,
    `<circle cx="200" cy="196" r="150" fill="${mix(colour, "#ffffff", 0.82)}"/>`,
    `<ellipse cx="200" cy="322" rx="${Math.round(104 * scale)}" ry="13" fill="#1f1a17" opacity=".12"/>`,
    `<g transform="translate(200 320) scale(${scale}) translate(-200 -320)" stroke-linecap="round" stroke-linejoin="round">`,
    (OWN_OUTLINES[product.thing] ?? SHAPES[product.leaf.shape])(tones),
    `</g>`,
    badge(thing, tones),
    `</svg>`,
  ].join("")
}

/** A small sign of the thing in the corner: a dot, a ring, a square or a leaf. */
function badge(thing: number, tones: Tones): string {
  const signs = [
    `<circle cx="340" cy="60" r="14" fill="${tones.main}"/>`,
    `<circle cx="340" cy="60" r="11" fill="none" stroke="${tones.main}" stroke-width="7"/>`,
    `<rect x="328" y="48" width="24" height="24" rx="5" fill="${tones.main}"/>`,
    `<path d="M326 74q-2-30 30-30 0 32-30 30z" fill="${tones.main}"/>`,
  ]
  return signs[thing] ?? ""
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))
}

/** `share` of `b` in `a`. */
function mix(a: string, b: string, share: number): string {
  const [from, to] = [channels(a), channels(b)]
  return `#${from
    .map((value, i) =>
      Math.round(value + (to[i] - value) * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`
}

function luminance(hex: string): number {
  const [r, g, b] = channels(hex)
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255
}

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;")
}
