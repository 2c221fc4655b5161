import { htmlDocument } from '../report/page-frame.ts';
import { mark } from './drawing.ts';
import { users } from './play-study.ts';

const style = `
.controls { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: 0.8rem 1.6rem; margin: 1rem 0; }
.controls label { display: grid; grid-template-columns: 1fr auto; font-size: 0.95rem; }
.controls input, .controls select { grid-column: 1 / 3; width: 100%; font: inherit; accent-color: var(--c0); }
.controls small { grid-column: 1 / 3; color: var(--soft); }
.controls button { font: inherit; align-self: start; padding: 0.4rem 0.8rem; }
svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
.shown { fill: none; stroke: var(--grid); } .click { fill: var(--c0); }
.grid { stroke: var(--grid); } .axis { stroke: var(--line); }
polyline { fill: none; stroke-width: 2; }
.clicks { stroke: var(--soft); fill: var(--soft); } .clicks polyline { stroke-dasharray: 2 3; }
.truth { stroke: var(--text); fill: var(--text); }
.pairs { stroke: var(--c0); fill: var(--c0); } .pairs polyline { stroke-dasharray: 7 3; }
.dual { stroke: var(--c1); fill: var(--c1); } .dual polyline { stroke-dasharray: 4 2 1 2; }
.method { fill: var(--c0); } .reference { fill: none; stroke: var(--soft); stroke-dasharray: 3 2; }
.legend { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0; margin: 0.2rem 0; list-style: none; font-size: 0.85rem; }
.legend svg { display: inline; width: 34px; height: 12px; vertical-align: middle; }
`;

const slider = (id: string, words: string, help: string, [least, most, step, value]: readonly number[]) => `
<label>${words} <output id="${id}-value" for="${id}"></output><input id="${id}" type="range" min="${least}" max="${most}" step="${step}" value="${value}"><small>${help}</small></label>`;

const legend = [
  ['clicks', 'clicks'],
  ['truth', 'true propensity'],
  ['pairs', 'estimated by all-pairs'],
  ['dual', 'by dual learning'],
].map(
  ([style, words], shape) =>
    `<li><svg viewBox="0 0 34 12" aria-hidden="true"><g class="${style}"><polyline points="1,6 33,6"/>${mark(shape, 17, 6)}</g></svg> ${words}</li>`,
);

const body = `
<header><h1>Clicks are biased: a playground</h1>
<p class="soft">Users look at the top of a list first. A ranker that learns from their clicks as they are learns the order that it was shown. Move a slider and see what that does, and what estimators do about it.</p></header>
<main>
<div class="controls">
<label>Users <select id="users">${Object.keys(users)
  .map((name) => `<option>${name}</option>`)
  .join(
    '',
  )}</select><small>how they read and click</small></label>${slider('strength', 'Bias', '0: all ranks are read alike; 1: rank k is read 1/k as often as rank 1', [0, 2, 0.1, 1])}${slider('sessions', 'Sessions', 'size of the log', [2, 9, 0.25, 6])}${slider('noise', 'Noise', 'clicks on what is not relevant, once seen', [0, 0.5, 0.02, 0.1])}${slider('production', 'Production', 'labels that the ranker behind the log has seen', [-2, 0, 0.25, -2])}
<button id="again" type="button">Draw all anew</button>
</div>
<p id="reading" aria-live="polite"></p>
<div class="pictures">
<figure><figcaption><b>Clicks</b><span>40 sessions, rank 1 on top; filled: clicked</span></figcaption><div id="sessions-picture"></div></figure>
<figure><figcaption><b>What ranks do</b><span>over rank 1: clicks, and how likely a rank is examined</span></figcaption><div id="rank-picture"></div><ul class="legend">${legend.join('')}</ul></figure>
<figure><figcaption><b>What was learnt</b><span>NDCG@10 on queries nobody has seen; dashed: references</span></figcaption><div id="bar-picture"></div></figure>
</div>
<p class="soft" id="taken"></p>
<details><summary>What is computed</summary>
<p>100 training queries of 10 to 20 documents with 12 features; a linear ranker that has seen a share of the labels orders them (lists drawn by Plackett–Luce at temperature 0.5, four a query); users click by the
chosen model; of 10⁹ sessions the counts are drawn, which is as exact. Five linear rankers learn from the log: <i>naive</i> takes clicks as they are; <i>ips, all-pairs</i> divides them by propensities that it finds in
documents shown at several ranks; <i>dual-learning</i> learns propensities and ranker together; <i>true propensities</i> is told the truth; <i>skyline</i> sees the labels.
One draw is one draw: what differs by less than a hundredth may differ the other way in the next. <code>counterrank run quickstart</code> repeats with seeds and tests.</p></details>
</main>`;

/** The playground as one page that needs nothing else: the package's own code is in it. @param script built for browsers */
export const playgroundPage = (script: string): string =>
  htmlDocument('Playground', body, { style, script: script.replaceAll('</script', '<\\/script'), compiles: true });
