/**
 * Everything a theme may want to change is a variable with a default that follows the page.
 *
 * A page that also wants the shelf's place kept while the script itself is on its way adds
 * `marketing-shelf:not(:defined) { display: block; height: calc(var(--marketing-card-width, 11.5rem) + 11.75rem + 6px) }`.
 */
export const SHELF_STYLE = `
:host { display: block; container-type: inline-size;
  --_gap: var(--marketing-gap, 1rem);
  --_card: var(--marketing-card-width, 11.5rem);
  --_muted: var(--marketing-muted-color, #5b6470);
  --_line: var(--marketing-border-color, #dfe3e8);
  --_accent: var(--marketing-accent-color, #1f4b99);
  font: var(--marketing-font, inherit); color: var(--marketing-color, inherit) }
:host([hidden]) { display: none }
* { box-sizing: border-box }
header { display: flex; align-items: center; justify-content: space-between; gap: 1rem; height: 2.5rem; margin-bottom: .5rem }
h2 { margin: 0; min-width: 0; font: var(--marketing-heading-font, 600 1.25rem/1.2 inherit); font-size: var(--marketing-heading-size, 1.25rem); font-weight: 600; line-height: 1.2; display: -webkit-box; -webkit-line-clamp: 1; -webkit-box-orient: vertical; overflow: hidden }
@container (max-width: 32rem) { h2 { font-size: min(var(--marketing-heading-size, 1.05rem), 1.05rem); -webkit-line-clamp: 2 } }
nav { flex: none; display: flex; gap: .5rem; visibility: hidden }
nav.on { visibility: visible }
nav button { width: 2.25rem; height: 2.25rem; border-radius: 50%; border: 1px solid var(--_line); background: var(--marketing-card-background, #fff); color: inherit; font-size: 1.1rem; line-height: 1; cursor: pointer }
nav button:disabled { opacity: .35; cursor: default }
/* A finger scrolls the list itself. */
@media (pointer: coarse) { nav { display: none } .add { min-height: 2.4rem; padding-inline: .95rem } }
ul { display: flex; gap: var(--_gap); margin: 0 -3px; padding: 3px; list-style: none; overflow-x: auto; position: relative; scroll-snap-type: x proximity; scroll-padding-inline: 3px; scrollbar-width: none; overscroll-behavior-x: contain }
li { flex: 0 0 var(--_card); height: calc(var(--_card) + 8.75rem); scroll-snap-align: start; position: relative; display: flex; flex-direction: column; overflow: hidden; border: 1px solid var(--_line); border-radius: var(--marketing-radius, .75rem); background: var(--marketing-card-background, #fff) }
.picture { flex: none; height: var(--_card); background: var(--marketing-picture-background, #f1f3f5); overflow: hidden }
.picture img { width: 100%; height: 100%; object-fit: cover; display: block }
.text { flex: 1; min-height: 0; padding: .6rem .75rem .7rem; display: flex; flex-direction: column; gap: .25rem }
a { color: inherit; text-decoration: none; font-weight: 600; font-size: .95rem; line-height: 1.3; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden }
a::after { content: ""; position: absolute; inset: 0; border-radius: inherit }
li:hover a { text-decoration: underline }
a:focus-visible { outline: none }
a:focus-visible::after, button:focus-visible, ul:focus-visible { outline: 3px solid var(--_accent); outline-offset: -3px }
.reason { margin: 0; font-size: .8rem; line-height: 1.35; color: var(--_muted); display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden }
.foot { margin-top: auto; display: flex; align-items: center; justify-content: space-between; gap: .5rem; min-height: 2rem }
.price { font-size: .95rem; font-weight: 600 }
.price s { margin-left: .35rem; font-weight: 400; font-size: .8rem; color: var(--_muted) }
.add { position: relative; z-index: 1; min-height: 2rem; padding: .25rem .7rem; border: 1px solid var(--_accent); border-radius: 999px; background: transparent; color: var(--_accent); font: inherit; font-size: .85rem; font-weight: 600; cursor: pointer }
.add:hover { background: var(--_accent); color: var(--marketing-accent-text, #fff) }
.bone { background: var(--marketing-picture-background, #f1f3f5); border-radius: .3rem; height: .9rem }
.bone.short { width: 55% }
[aria-busy="true"]:not(.loading) ul { opacity: .6 }
.away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (prefers-reduced-motion: no-preference) {
  ul { scroll-behavior: smooth }
  ul { transition: opacity .2s }
  .loading .picture, .bone { animation: wait 1.4s ease-in-out infinite alternate }
  @keyframes wait { from { opacity: 1 } to { opacity: .5 } }
}
`
