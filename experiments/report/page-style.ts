import { cssVariables, darkPalette, lightPalette, pictureColours } from '../charts/palette.ts';

/** How all pages look, on light, on dark and on printed paper. */
export const pageStyle = `
:root { color-scheme: light dark; ${cssVariables(lightPalette)} }
@media (prefers-color-scheme: dark) { :root { ${cssVariables(darkPalette)} } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem clamp(0.8rem, 3vw, 2.5rem) 3rem; max-width: 90rem; background: var(--paper); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.6rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
p, li { max-width: 70ch; }
.soft { color: var(--soft); font-size: 0.9rem; }
.warn { background: var(--warn); border-radius: 6px; padding: 0.6rem 1rem; }
.warn ul { margin: 0; padding-left: 1.1rem; }
.scroll { width: fit-content; max-width: 100%; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.scroll:focus-visible { outline: 2px solid var(--c0); }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 0.4rem 0.8rem; text-align: right; vertical-align: top; white-space: nowrap; border-top: 1px solid var(--grid); }
thead th { border-top: 0; background: var(--card); }
thead td { border-top: 0; background: var(--card); }
.over th { text-align: center; border-bottom: 1px solid var(--line); }
.over span { position: sticky; left: 0.8rem; right: 0.8rem; }
.over th, .over + tr th { border-left: 1px solid var(--grid); }
.over th:nth-child(2), .over + tr th:nth-child(-n + 2) { border-left: 0; }
th:first-child, td:first-child { text-align: left; }
tbody th { font-weight: 500; position: sticky; left: 0; background: var(--paper); }
.words th, .words td, .cells th, .cells td, .said { text-align: left; }
.words td:last-child, .long { white-space: normal; min-width: 18rem; }
td small { display: block; color: var(--soft); }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1rem; align-items: start; }
figure { margin: 0; background: var(--card); border-radius: 6px; padding: 0.6rem; }
figcaption { color: var(--soft); font-size: 0.9rem; overflow-wrap: anywhere; }
figcaption b { color: var(--text); }
figcaption span { display: block; }
.pictures svg { display: block; width: 100%; height: auto; margin: 0.3rem auto 0; }
.pictures.wide { grid-template-columns: minmax(0, 56rem); }
${pictureColours}
.save { font-size: 0.75rem; color: var(--soft); text-decoration: none; border: 1px solid var(--line); border-radius: 4px; padding: 0 0.4rem; }
.save:hover, .save:focus-visible { color: var(--text); border-color: var(--soft); }
pre { background: var(--card); border-radius: 6px; padding: 0.8rem; overflow-x: auto; font-size: 0.85rem; }
.typed { white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin: 0.6rem 0; }
summary { cursor: pointer; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit; }
th[aria-sort=descending] button::after { content: ' ↓'; }
th[aria-sort=ascending] button::after { content: ' ↑'; }
[hidden] { display: none !important; }
.choose { max-width: none; display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; align-items: baseline; }
.choose input { font: inherit; font-size: 0.9rem; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: 0.15rem 0.4rem; width: 15rem; max-width: 100%; }
details > .pictures { margin-top: 0.6rem; }
.pictures + .scroll { margin-top: 1rem; }
@media screen and (max-width: 40rem) {
  th, td { padding: 0.4rem 0.55rem; }
  thead th { white-space: normal; vertical-align: bottom; }
  tbody th { white-space: normal; overflow-wrap: anywhere; min-width: 9rem; max-width: 40vw; } /* it stays while the rest scrolls */
  .words td:last-child { min-width: 10.5rem; }
  .pictures.wide figure { overflow-x: auto; }
  .pictures.wide svg { min-width: 34rem; } /* letters of a wide picture stay readable: it scrolls in its card */
}
@media print {
  :root { color-scheme: light; ${cssVariables(lightPalette)} }
  :root { font-size: 10pt; } /* of which all other sizes are shares */
  body { max-width: none; padding: 0; font-size: 1rem; }
  .scroll, pre { overflow: visible; width: auto; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  details pre { columns: 2; }
  table { font-size: clamp(5pt, 50pt / var(--columns, 6), 8pt); }
  th, td { white-space: normal; overflow-wrap: break-word; padding: 0.2em 0.4em; }
  td small { font-size: 0.85em; }
  .widest th, .widest td { padding: 0.1em 0.2em; overflow-wrap: anywhere; }
  .warn { border: 1px solid var(--line); }
  .long { min-width: 0; }
  tbody th, .over span { position: static; }
  thead { display: table-header-group; }
  th button { display: contents; } /* a button is not printed again where a table goes on on the next page */
  tr, figure, .warn { break-inside: avoid; }
  h2, h2 + .soft, .soft:has(+ pre), summary { break-after: avoid; }
  .soft { break-inside: avoid; }
  .pictures { display: block; orphans: 1; widows: 1; } /* lines of a block keep to the words above them, rows of a grid do not; a row alone may begin or end a page */
  .pictures figure { display: inline-block; vertical-align: top; width: 49%; margin: 0 0 0.6rem 0; border: 1px solid var(--grid); }
  .pictures figure:nth-child(odd) { margin-right: 1.4%; }
  .pictures.wide figure { display: block; width: auto; margin-right: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .save, .choose { display: none; }
}
`;
