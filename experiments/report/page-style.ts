/** Okabe and Ito's palette, which colour-blind readers can tell apart; lighter shades of the same hues on dark. */
export const pageStyle = `
:root { color-scheme: light dark; --paper: #ffffff; --card: #f6f7f8; --text: #1b1f23; --soft: #59636e; --line: #c4cad1; --grid: #e4e7ea; --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #b0568e; --c4: #b98000; --c5: #2f9fd8; --c6: #1b1f23; --warn: #fff4dd; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181c; --card: #1e2329; --text: #e8eaed; --soft: #a3adb8; --line: #46505a; --grid: #2d343b; --c0: #56b4e9; --c1: #e69f00; --c2: #2bc29a; --c3: #e39ac6; --c4: #f0e442; --c5: #8fb8ff; --c6: #e8eaed; --warn: #3a3016; } }
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
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 0.4rem 0.8rem; text-align: right; vertical-align: top; white-space: nowrap; border-top: 1px solid var(--grid); }
thead th { border-top: 0; background: var(--card); }
th:first-child, td:first-child { text-align: left; }
tbody th { font-weight: 500; position: sticky; left: 0; background: var(--paper); }
.words th, .words td, .cells th, .cells td { text-align: left; }
.words td:last-child { white-space: normal; min-width: 18rem; }
td small { display: block; color: var(--soft); }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1rem; }
figure { margin: 0; background: var(--card); border-radius: 6px; padding: 0.6rem; }
figcaption { color: var(--soft); font-size: 0.9rem; overflow-wrap: anywhere; }
figcaption b { color: var(--text); }
figcaption span { display: block; }
.pictures svg { display: block; width: 100%; height: auto; margin: 0.3rem auto 0; }
pre { background: var(--card); border-radius: 6px; padding: 0.8rem; overflow-x: auto; font-size: 0.85rem; }
details { margin: 0.6rem 0; }
summary { cursor: pointer; }
details > .pictures { margin-top: 0.6rem; }
`;
