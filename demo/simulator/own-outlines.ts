import type { Tones } from "./outlines"

type Outline = (tones: Tones) => string

const bowl: Outline = (t) =>
  `<path d="M92 190h216q-4 100-72 112h-72q-68-12-72-112z" fill="${t.main}"/><path d="M166 302h68l8 18h-84z" fill="${t.dark}"/>` +
  `<ellipse cx="200" cy="190" rx="108" ry="22" fill="${t.dark}"/><path d="M116 226q10 44 44 58" fill="none" stroke="${t.light}" stroke-width="7"/>`
const tray: Outline = (t) =>
  `<path d="M86 222h228l18 98H68z" fill="${t.main}"/><path d="M98 222h204l8 34H90z" fill="${t.dark}"/>` +
  `<path d="M126 222l-6 34M164 222l-3 34M200 222v34M236 222l3 34M274 222l6 34" stroke="${t.light}" stroke-width="5"/>`
const whisk: Outline = (t) =>
  `<path d="M200 320v-96" stroke="${t.dark}" stroke-width="22"/><g fill="none" stroke="${t.main}" stroke-width="6"><path d="M194 222c-70-40-56-142 6-142s76 102 6 142"/>` +
  `<path d="M196 222c-34-40-30-142 4-142s38 102 4 142M200 222V80"/></g><rect x="182" y="212" width="36" height="22" rx="6" fill="${t.main}"/>`
const box: Outline = (t) =>
  `<rect x="98" y="200" width="204" height="120" rx="18" fill="${t.main}"/><path d="M92 204q0-38 38-38h140q38 0 38 38z" fill="${t.dark}"/>` +
  `<rect x="182" y="190" width="36" height="30" rx="8" fill="${t.light}"/><path d="M122 290h156" stroke="${t.light}" stroke-width="5" opacity=".7"/>`
const flask: Outline = (t) =>
  `<rect x="166" y="78" width="68" height="40" rx="10" fill="${t.dark}"/><path d="M152 118h96l8 178q0 24-24 24h-64q-24 0-24-24z" fill="${t.main}"/>` +
  `<path d="M147 196h106l3 62H144z" fill="${t.light}"/><path d="M172 136v40" stroke="${t.mark}" stroke-width="7" opacity=".7"/>`
const jug: Outline = (t) =>
  `<path d="M144 132l-32-16v20l28 40-12 120q0 24 24 24h96q24 0 24-24l-16-164z" fill="${t.main}"/><path d="M262 166c56-4 52 106 4 102" fill="none" stroke="${t.dark}" stroke-width="14"/>` +
  `<path d="M112 116l32 16h112" fill="none" stroke="${t.dark}" stroke-width="8"/><path d="M158 204q-8 50-6 84" fill="none" stroke="${t.light}" stroke-width="8"/>`
const spray: Outline = (t) =>
  `<path d="M150 96h78v30h-26v30h-34v-30h-18z" fill="${t.dark}"/><path d="M228 100l18 12-18 12zM168 126l-24 40" fill="${t.dark}" stroke="${t.dark}" stroke-width="8"/>` +
  `<path d="M162 156h48q46 22 46 70v74q0 20-20 20h-98q-20 0-20-20v-74q0-48 44-70z" fill="${t.main}"/><path d="M120 248h136v50q0 22-20 22h-98q-20 0-20-22z" fill="${t.light}" opacity=".7"/>` +
  `<g fill="${t.main}"><circle cx="270" cy="100" r="4"/><circle cx="284" cy="112" r="4"/><circle cx="270" cy="124" r="4"/></g>`

/** Outlines of things that do not look like their leaf's. */
export const OWN_OUTLINES: Partial<Record<string, Outline>> = {
  "french-press": (t) =>
    `<path d="M200 120V72" stroke="${t.dark}" stroke-width="8"/><circle cx="200" cy="66" r="13" fill="${t.main}"/><path d="M138 120h124l-8-20H146z" fill="${t.dark}"/>` +
    `<path d="M142 124h116v196H142z" fill="${t.light}"/><path d="M142 204h116v116H142z" fill="${t.dark}" opacity=".8"/><path d="M258 150c54-6 54 116 0 112" fill="none" stroke="${t.main}" stroke-width="14"/>` +
    `<path d="M142 140h116M142 316h116" stroke="${t.main}" stroke-width="10"/>`,
  "moka-pot": (t) =>
    `<path d="M150 206l-16 114h132l-16-114z" fill="${t.main}"/><path d="M150 194l-24-90 40 8h76l14 82z" fill="${t.main}"/><rect x="142" y="190" width="116" height="20" rx="5" fill="${t.dark}"/>` +
    `<path d="M158 108h90l-44-26z" fill="${t.dark}"/><path d="M252 124h40l8 76" fill="none" stroke="${t.dark}" stroke-width="13"/><path d="M176 222l-8 84" stroke="${t.light}" stroke-width="8"/>`,
  "cold-brew-bottle": flask,
  "travel-mug": flask,
  "espresso-tamper": (t) =>
    `<rect x="134" y="270" width="132" height="50" rx="8" fill="${t.dark}"/><rect x="184" y="214" width="32" height="58" fill="${t.light}"/>` +
    `<path d="M200 104q48 0 44 48c-4 34-24 32-26 66h-36c-2-34-22-32-26-66q-4-48 44-48z" fill="${t.main}"/>`,
  "milk-jug": jug,
  carafe: jug,
  "knock-box": box,
  "lunch-box": box,
  "bread-bin": box,
  "grinder-brush": (t) =>
    `<rect x="182" y="76" width="36" height="134" rx="17" fill="${t.main}"/><rect x="150" y="206" width="100" height="36" rx="8" fill="${t.dark}"/>` +
    `<path d="M160 242v74M176 242v76M192 242v78M208 242v78M224 242v76M240 242v74" stroke="${t.light}" stroke-width="9"/><circle cx="200" cy="98" r="6" fill="${t.mark}"/>`,
  "gooseneck-kettle": (t) =>
    `<path d="M146 292c-70 0-40-110-86-126" fill="none" stroke="${t.main}" stroke-width="12"/><path d="M146 196h124l20 124H126z" fill="${t.main}"/><path d="M158 196q50-34 100 0z" fill="${t.dark}"/>` +
    `<circle cx="208" cy="168" r="10" fill="${t.dark}"/><path d="M274 204c70-6 66 100 12 96" fill="none" stroke="${t.dark}" stroke-width="14"/><path d="M162 222l-8 74" stroke="${t.light}" stroke-width="7"/>`,
  gaiwan: (t) =>
    `<path d="M120 176h160q-4 98-52 112h-56q-48-14-52-112z" fill="${t.main}"/><path d="M130 168q70-70 140 0z" fill="${t.dark}"/><rect x="184" y="112" width="32" height="16" rx="6" fill="${t.main}"/>` +
    `<path d="M92 288h216q-14 32-60 32h-96q-46 0-60-32z" fill="${t.light}"/><path d="M146 208q6 42 30 56" fill="none" stroke="${t.light}" stroke-width="7"/>`,
  "tea-tray": tray,
  "seed-tray": tray,
  "bamboo-whisk": whisk,
  whisk,
  "knife-sharpener": (t) =>
    `<path d="M96 320q0-70 50-70h20l16-46h36l16 46h20q50 0 50 70z" fill="${t.main}"/><path d="M186 204l14 52 14-52z" fill="${t.light}"/><path d="M128 298h144" stroke="${t.dark}" stroke-width="8"/>`,
  "mixing-bowl": bowl,
  "pasta-bowl": bowl,
  "rice-bowl": bowl,
  colander: (t) =>
    bowl(t) +
    [
      [150, 226],
      [184, 232],
      [218, 232],
      [252, 226],
      [166, 258],
      [200, 264],
      [234, 258],
    ]
      .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="6" fill="${t.mark}"/>`)
      .join(""),
  "mortar-and-pestle": (t) =>
    `<path d="M222 200l64-110" stroke="${t.dark}" stroke-width="26"/><path d="M104 190h192q-6 86-58 108h-76q-52-22-58-108z" fill="${t.main}"/><path d="M146 298h108v22H146z" fill="${t.dark}"/>` +
    `<path d="M128 216q8 40 36 58" fill="none" stroke="${t.light}" stroke-width="8"/>`,
  casserole: (t) =>
    `<path d="M92 236h-30M308 236h30" stroke="${t.dark}" stroke-width="17"/><path d="M92 212h216v70q0 38-40 38H132q-40 0-40-38z" fill="${t.main}"/><path d="M86 210q20-58 114-58t114 58z" fill="${t.dark}"/>` +
    `<rect x="180" y="130" width="40" height="24" rx="9" fill="${t.main}"/><path d="M118 240q0 40 24 56" fill="none" stroke="${t.light}" stroke-width="7"/>`,
  "baking-paper": (t) =>
    `<rect x="92" y="172" width="216" height="66" rx="33" fill="${t.main}"/><ellipse cx="294" cy="205" rx="16" ry="31" fill="${t.dark}"/><path d="M118 232h164v88q-82-20-164 0z" fill="${t.light}"/>`,
  "rolling-pin": (t) =>
    `<g transform="rotate(-28 200 220)"><rect x="60" y="208" width="280" height="22" rx="11" fill="${t.dark}"/><rect x="104" y="184" width="192" height="70" rx="22" fill="${t.main}"/><path d="M126 202h146" stroke="${t.light}" stroke-width="8"/></g>`,
  "kitchen-scale": (t) =>
    `<rect x="104" y="184" width="192" height="18" rx="9" fill="${t.dark}"/><path d="M182 202h36v24h-36z" fill="${t.dark}"/><path d="M110 226h180l16 94H94z" fill="${t.main}"/>` +
    `<rect x="146" y="250" width="108" height="44" rx="8" fill="${t.light}"/><path d="M170 272h12M194 272h12M218 272h12" stroke="${t.dark}" stroke-width="9"/>`,
  "wine-glass": (t) =>
    `<path d="M142 88h116q12 128-58 132-70-4-58-132z" fill="${t.light}"/><path d="M139 140h122q-2 78-61 80-59-2-61-80z" fill="${t.main}"/><path d="M200 220v90" stroke="${t.dark}" stroke-width="8"/><ellipse cx="200" cy="312" rx="52" ry="8" fill="${t.dark}"/>`,
  "pruning-shears": (t) =>
    `<path d="M196 200q-44-60 8-124 24 66 4 124z" fill="${t.light}" stroke="${t.dark}" stroke-width="4"/><path d="M212 200q44-30 40-92-44 22-56 92z" fill="${t.dark}"/>` +
    `<path d="M194 208q-52 42-36 104M210 208q50 44 32 104" fill="none" stroke="${t.main}" stroke-width="22"/><circle cx="202" cy="204" r="11" fill="${t.mark}"/>`,
  "hand-fork": (t) =>
    `<rect x="181" y="70" width="38" height="98" rx="17" fill="${t.main}"/><path d="M200 168v52" stroke="${t.dark}" stroke-width="12"/><path d="M154 316v-76q0-22 22-22h48q22 0 22 22v76M200 218v98" fill="none" stroke="${t.dark}" stroke-width="13"/>`,
  "garden-gloves": (t) =>
    `<path d="M150 262v-78l-14-62q4-18 20-10l14 54 4-80q12-14 24 0l4 78 10-72q12-12 22 2l-4 76 14-48q14-10 20 6l-12 74v60z" fill="${t.main}"/><path d="M152 228l-34-34q-2-18 16-16l26 28z" fill="${t.main}"/>` +
    `<rect x="140" y="262" width="118" height="58" rx="10" fill="${t.dark}"/><path d="M152 292h94" stroke="${t.light}" stroke-width="6"/>`,
  "plant-mister": spray,
  "surface-spray": spray,
  "watering-globe": (t) =>
    `<path d="M200 320v-96" stroke="${t.dark}" stroke-width="18"/><circle cx="200" cy="158" r="76" fill="${t.main}"/><path d="M128 176q72 30 144 0-8 58-72 58t-72-58z" fill="${t.light}" opacity=".6"/><path d="M150 132q12-30 42-36" fill="none" stroke="${t.light}" stroke-width="9"/>`,
  "garden-hose": (t) =>
    `<g fill="none" stroke-width="20"><circle cx="196" cy="212" r="96" stroke="${t.main}"/><circle cx="196" cy="212" r="68" stroke="${t.dark}"/><circle cx="196" cy="212" r="40" stroke="${t.main}"/></g><path d="M290 196l52-52" stroke="${t.dark}" stroke-width="18"/>`,
  "reed-diffuser": (t) =>
    `<path d="M190 190L140 74M198 190l-12-124M204 190l22-122M212 190l56-106" stroke="#a98b63" stroke-width="6"/><rect x="176" y="176" width="50" height="36" rx="6" fill="${t.dark}"/>` +
    `<path d="M150 212h102q28 12 28 44v44q0 20-20 20H142q-20 0-20-20v-44q0-32 28-44z" fill="${t.main}"/><rect x="160" y="246" width="82" height="50" rx="5" fill="${t.light}"/>`,
  incense: (t) =>
    `<path d="M150 300L262 112" stroke="${t.dark}" stroke-width="6"/><circle cx="262" cy="112" r="6" fill="#e0572f"/><path d="M264 104c-20-22 22-26 2-52" fill="none" stroke="${t.light}" stroke-width="8"/><path d="M92 296h216q-14 24-48 24H140q-34 0-48-24z" fill="${t.main}"/>`,
  "laundry-sheets": (t) =>
    `<rect x="112" y="128" width="176" height="192" rx="10" fill="${t.main}"/><path d="M142 128q6-34 58-34t58 34z" fill="${t.light}"/><rect x="142" y="176" width="116" height="96" rx="8" fill="${t.light}"/>` +
    `<g fill="none" stroke="${t.dark}" stroke-width="5"><circle cx="184" cy="232" r="17"/><circle cx="216" cy="214" r="12"/><circle cx="214" cy="246" r="7"/></g>`,
  "plant-feed": flask,
}
