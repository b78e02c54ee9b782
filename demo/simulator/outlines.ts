import type { Shape } from "./assortment"

/** Colours of one picture, all made from its style's. */
export interface Tones {
  main: string
  dark: string
  light: string
  mark: string
}

/** One outline a leaf. Each is drawn standing on y = 320, about x = 200. */
export const SHAPES: Record<Shape, (tones: Tones) => string> = {
  bag: (t) =>
    `<path d="M138 130h124l10 190H128z" fill="${t.main}"/><path d="M138 130h124l-4-26H142z" fill="${t.dark}"/>` +
    `<rect x="160" y="196" width="80" height="70" rx="6" fill="${t.light}"/>` +
    `<path d="M188 214c18 6 18 28 0 34M206 214c-18 8-10 26 4 34" fill="none" stroke="${t.dark}" stroke-width="5"/>`,
  dripper: (t) =>
    `<path d="M120 110h160l-52 92h-56z" fill="${t.main}"/><path d="M280 128c36-4 36 46-20 40" fill="none" stroke="${t.main}" stroke-width="11"/>` +
    `<rect x="148" y="202" width="104" height="12" rx="6" fill="${t.dark}"/>` +
    `<path d="M154 214h92l12 92q0 14-14 14h-88q-14 0-14-14z" fill="${t.light}"/><path d="M148 262h104l6 44q0 14-14 14h-88q-14 0-14-14z" fill="${t.dark}" opacity=".75"/>`,
  grinder: (t) =>
    `<path d="M200 96V70h74" fill="none" stroke="${t.dark}" stroke-width="10"/><circle cx="276" cy="70" r="13" fill="${t.main}"/>` +
    `<path d="M150 100h100l-10 50h-80z" fill="${t.light}"/><rect x="148" y="150" width="104" height="106" rx="10" fill="${t.main}"/>` +
    `<rect x="156" y="256" width="88" height="64" rx="8" fill="${t.dark}"/><circle cx="200" cy="204" r="17" fill="${t.mark}" opacity=".7"/>`,
  machine: (t) =>
    `<path d="M112 122q0-24 24-24h128q24 0 24 24v34H112z" fill="${t.main}"/><rect x="112" y="156" width="48" height="132" fill="${t.main}"/>` +
    `<rect x="104" y="288" width="192" height="32" rx="10" fill="${t.dark}"/><rect x="196" y="156" width="52" height="22" rx="5" fill="${t.dark}"/>` +
    `<path d="M248 168h50" stroke="${t.dark}" stroke-width="13"/><path d="M214 178v20M230 178v20" stroke="${t.dark}" stroke-width="5"/>` +
    `<path d="M196 240h54l-6 48h-42z" fill="${t.light}"/><circle cx="140" cy="128" r="10" fill="${t.mark}"/><circle cx="262" cy="128" r="7" fill="${t.mark}"/>`,
  box: (t) =>
    `<path d="M116 190h168v130H116z" fill="${t.main}"/><path d="M116 190l24-50h120l24 50z" fill="${t.dark}"/>` +
    `<path d="M148 190l14-74h76l14 74z" fill="${t.light}"/><rect x="146" y="226" width="108" height="60" rx="6" fill="${t.mark}" opacity=".8"/>`,
  cup: (t) =>
    `<path d="M116 160h140v92q0 68-70 68t-70-68z" fill="${t.main}"/><path d="M256 182c60-10 60 84-6 82" fill="none" stroke="${t.main}" stroke-width="17"/>` +
    `<ellipse cx="186" cy="160" rx="70" ry="15" fill="${t.dark}"/><path d="M168 128c-12-16 12-24 0-42M204 128c-12-16 12-24 0-42" fill="none" stroke="${t.light}" stroke-width="8"/>`,
  tin: (t) =>
    `<rect x="138" y="150" width="124" height="170" rx="10" fill="${t.main}"/><rect x="132" y="118" width="136" height="40" rx="8" fill="${t.dark}"/>` +
    `<circle cx="200" cy="238" r="42" fill="${t.light}"/><path d="M176 258c2-40 24-48 48-46-2 34-18 52-48 46zM176 258l28-28" fill="none" stroke="${t.dark}" stroke-width="5"/>`,
  teapot: (t) =>
    `<path d="M262 216l56-44-22 74q-14 28-40 26z" fill="${t.main}"/><path d="M140 196c-66-26-66 92 6 84" fill="none" stroke="${t.dark}" stroke-width="14"/>` +
    `<path d="M124 240q0-62 78-62t78 62q0 80-50 80h-56q-50 0-50-80z" fill="${t.main}"/><path d="M156 182q44-34 92 0z" fill="${t.dark}"/><circle cx="202" cy="156" r="12" fill="${t.dark}"/>` +
    `<path d="M160 240q42 26 86 0" fill="none" stroke="${t.light}" stroke-width="7"/>`,
  infuser: (t) =>
    `<path d="M200 178V92" stroke="${t.dark}" stroke-width="9"/><circle cx="200" cy="80" r="13" fill="none" stroke="${t.dark}" stroke-width="7"/>` +
    `<circle cx="200" cy="248" r="72" fill="${t.main}"/><path d="M128 248h144" stroke="${t.dark}" stroke-width="9"/>` +
    [
      [170, 216],
      [200, 206],
      [230, 216],
      [166, 278],
      [200, 290],
      [234, 278],
    ]
      .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="6" fill="${t.mark}"/>`)
      .join(""),
  knife: (t) =>
    `<path d="M186 226V84q46 40 38 142z" fill="${t.light}" stroke="${t.dark}" stroke-width="3"/><rect x="178" y="222" width="54" height="15" rx="5" fill="${t.dark}"/>` +
    `<path d="M186 237h38v66q0 17-19 17t-19-17z" fill="${t.main}"/><circle cx="205" cy="258" r="4.5" fill="${t.mark}"/><circle cx="205" cy="288" r="4.5" fill="${t.mark}"/>`,
  board: (t) =>
    `<path d="M124 150q0-16 16-16h40v-34q0-16 20-16t20 16v34h40q16 0 16 16v154q0 16-16 16H140q-16 0-16-16z" fill="${t.main}"/><circle cx="200" cy="106" r="8" fill="${t.light}"/>` +
    `<path d="M146 178h108M146 216h108M146 254h108M146 290h70" stroke="${t.dark}" stroke-width="4" opacity=".45"/>`,
  pan: (t) =>
    `<path d="M92 218h176v56q0 46-46 46h-84q-46 0-46-46z" fill="${t.main}"/><path d="M268 232l82-30" stroke="${t.dark}" stroke-width="17"/>` +
    `<ellipse cx="180" cy="218" rx="88" ry="17" fill="${t.dark}"/><path d="M120 250q4 44 34 48" fill="none" stroke="${t.light}" stroke-width="7"/>` +
    `<path d="M160 180c-10-14 10-22 0-38M196 180c-10-14 10-22 0-38" fill="none" stroke="${t.light}" stroke-width="7"/>`,
  bakeware: (t) =>
    `<path d="M112 232q12-76 88-76t88 76z" fill="#d9a35f"/><path d="M156 190l16 24M192 182l16 26M228 186l14 26" stroke="#a8703a" stroke-width="6"/>` +
    `<path d="M96 232h208l-22 88H118z" fill="${t.main}"/><rect x="88" y="222" width="224" height="19" rx="9" fill="${t.dark}"/>`,
  jar: (t) =>
    `<rect x="132" y="138" width="136" height="182" rx="24" fill="${t.light}"/><path d="M132 216h136v80q0 24-24 24h-88q-24 0-24-24z" fill="${t.main}"/>` +
    `<rect x="140" y="106" width="120" height="34" rx="8" fill="${t.dark}"/><rect x="166" y="228" width="68" height="48" rx="5" fill="${t.mark}" opacity=".85"/>`,
  spoon: (t) =>
    `<path d="M160 320V178" stroke="${t.main}" stroke-width="15"/><ellipse cx="160" cy="130" rx="32" ry="48" fill="${t.main}"/><ellipse cx="160" cy="128" rx="18" ry="32" fill="${t.dark}" opacity=".5"/>` +
    `<path d="M242 320V196" stroke="${t.dark}" stroke-width="15"/><path d="M216 92h52l-6 108h-40z" fill="${t.light}"/><path d="M232 112v62M252 112v62" stroke="${t.dark}" stroke-width="5"/>`,
  plate: (t) =>
    `<circle cx="200" cy="206" r="114" fill="${t.main}"/><circle cx="200" cy="206" r="92" fill="none" stroke="${t.light}" stroke-width="5"/><circle cx="200" cy="206" r="68" fill="${t.dark}" opacity=".28"/>` +
    `<path d="M152 184q28-36 70-32" fill="none" stroke="${t.light}" stroke-width="8"/>`,
  glass: (t) =>
    `<path d="M142 110h116l-18 210h-80z" fill="${t.light}"/><path d="M148 182h104l-12 138h-80z" fill="${t.main}"/><path d="M164 128l10 166" stroke="#ffffff" stroke-width="7" opacity=".7"/>` +
    `<rect x="206" y="204" width="28" height="28" rx="5" fill="#ffffff" opacity=".45" transform="rotate(16 220 218)"/>`,
  cloth: (t) =>
    `<path d="M118 134q82-34 164 0v186q-82-24-164 0z" fill="${t.main}"/><path d="M150 124v192M186 116v190M214 116v190M250 124v192" stroke="${t.light}" stroke-width="7" opacity=".8"/>` +
    `<path d="M118 176q82-30 164 0M118 276q82-28 164 0" fill="none" stroke="${t.dark}" stroke-width="5" opacity=".6"/>`,
  packet: (t) =>
    `<rect x="128" y="100" width="144" height="220" rx="8" fill="${t.main}"/><path d="M128 132h144" stroke="${t.dark}" stroke-width="5" stroke-dasharray="9 9"/>` +
    `<rect x="148" y="156" width="104" height="138" rx="8" fill="${t.light}"/><path d="M200 278v-66" stroke="#4f7a43" stroke-width="7"/>` +
    `<path d="M200 236c-34 0-40-22-40-36 28 0 40 12 40 36zM200 222c0-30 14-42 40-42 0 26-12 42-40 42z" fill="#6b9b58"/>`,
  plant: (t) =>
    `<path d="M200 226c0-60-30-84-74-92 2 52 28 84 74 92zM200 226c0-70 30-102 80-112 0 62-26 100-80 112z" fill="#6b9b58"/><path d="M200 230V110" stroke="#4f7a43" stroke-width="7"/>` +
    `<path d="M200 176c-28-22-28-66 0-96 28 30 28 74 0 96z" fill="#85b36e"/><rect x="124" y="222" width="152" height="28" rx="8" fill="${t.dark}"/><path d="M136 250h128l-16 70h-96z" fill="${t.main}"/>`,
  trowel: (t) =>
    `<path d="M200 320q-46-54-34-122h68q12 68-34 122z" fill="${t.light}" stroke="${t.dark}" stroke-width="4"/><path d="M200 302v-94" stroke="${t.dark}" stroke-width="4" opacity=".6"/>` +
    `<path d="M200 200v-40" stroke="${t.dark}" stroke-width="12"/><rect x="181" y="70" width="38" height="94" rx="17" fill="${t.main}"/><circle cx="200" cy="88" r="6" fill="${t.mark}"/>`,
  sack: (t) =>
    `<path d="M130 128q70 26 140 0 26 100 8 192H122q-18-92 8-192z" fill="${t.main}"/><path d="M130 128q-8-20 6-32 64 20 128 0 14 12 6 32-70 26-140 0z" fill="${t.dark}"/>` +
    `<circle cx="200" cy="228" r="42" fill="${t.light}"/><path d="M200 254v-34" stroke="#4f7a43" stroke-width="6"/><path d="M200 232c-22 0-28-14-28-26 20 0 28 10 28 26zM200 222c0-20 10-28 28-28 0 18-8 28-28 28z" fill="#6b9b58"/>`,
  can: (t) =>
    `<path d="M248 226l64-70" stroke="${t.main}" stroke-width="17"/><path d="M292 136l40 36" stroke="${t.dark}" stroke-width="15"/>` +
    `<path d="M138 196c-60 4-60 84 4 88M150 190q42-76 84 0" fill="none" stroke="${t.dark}" stroke-width="12"/><path d="M132 190h124l10 130H122z" fill="${t.main}"/><path d="M130 222h128" stroke="${t.light}" stroke-width="8"/>`,
  candle: (t) =>
    `<path d="M200 76q28 36 0 60-28-24 0-60z" fill="#f3a93c"/><path d="M200 102q12 18 0 32-12-14 0-32z" fill="#fbe3a2"/><path d="M200 134v24" stroke="#3a332d" stroke-width="5"/>` +
    `<rect x="136" y="156" width="128" height="164" rx="14" fill="${t.main}"/><path d="M136 170q0-14 14-14h100q14 0 14 14v22H136z" fill="${t.light}"/><rect x="162" y="222" width="76" height="56" rx="5" fill="${t.mark}" opacity=".85"/>`,
  bottle: (t) =>
    `<path d="M186 110V84h46q16 0 18 16" fill="none" stroke="${t.dark}" stroke-width="13"/><rect x="170" y="110" width="60" height="34" rx="6" fill="${t.dark}"/>` +
    `<path d="M164 144h72q34 20 34 58v98q0 20-20 20H150q-20 0-20-20v-98q0-38 34-58z" fill="${t.main}"/><rect x="148" y="208" width="104" height="72" rx="8" fill="${t.light}"/><path d="M200 222q22 26 0 44-22-18 0-44z" fill="${t.dark}"/>`,
}
