import { stringify } from 'yaml';
import { type AnyConfig, isRecommendation } from '../config/any-config.ts';
import type { RunResult } from '../run-result.ts';
import { curvePicture } from './curve-picture.ts';
import { drawSvg, type Picture } from './draw-svg.ts';
import { escapeHtml } from './escape-html.ts';
import { findings } from './findings.ts';
import { metricPicture } from './metric-picture.ts';
import { pageStyle } from './page-style.ts';
import { propensityPicture } from './propensity-picture.ts';
import { resultTableHtml, scrollTable } from './report-table.ts';
import type { Summary } from './summary.ts';

/**
 * One HTML page that needs nothing else: no script, no network, pictures as SVG. Same input, same bytes.
 * @param command what was typed, so that a reader can repeat the run
 */
export async function reportPage(config: AnyConfig, command: string, result: RunResult, summary: Summary): Promise<string> {
  const each = <T>(list: readonly T[], picture: (index: number) => Picture | null) =>
    list.map((_, i) => picture(i)).filter((one) => one !== null);
  const sections = [
    warningBox(result.warnings),
    listOf(findings(summary)),
    section('Results', resultTableHtml(summary)),
    await pictureSection(
      'Metrics by method',
      metricNote(summary),
      each(summary.metrics, (metric) => metricPicture(summary, metric)),
    ),
    await pictureSection(
      'Propensities',
      propensityNote,
      each(result.methods, (method) => propensityPicture(result, method)),
    ),
    await pictureSection(
      'Learning curves',
      curveNote,
      each(result.methods, (method) => curvePicture(result, method)),
    ),
    section('How training ended', statusTable(result)),
    section(
      'Repeat this run',
      `<pre>${escapeHtml(command)}</pre><details><summary>The whole config, defaults included</summary><pre>${escapeHtml(stringify(config))}</pre></details>`,
    ),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(config.name)} · Counterrank</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>${escapeHtml(config.name)}</h1><p class="soft">${escapeHtml(lead(config))}</p></header>
<main>
${sections.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`;
}

function lead(config: AnyConfig): string {
  const seedWords = `${config.seeds.length} ${config.seeds.length === 1 ? 'seed' : 'seeds'}`;
  if (isRecommendation(config)) return `${config.task} · ${config.world.name} world · ${config.model.name} · ${seedWords}`;
  const { data, simulation, ranker, training } = config;
  const source = data.path === null ? 'synthetic queries' : data.path;
  const clicks = `${simulation.sessions.toLocaleString('en-US')} sessions with ${simulation.clickModel.name} clicks`;
  return `${source} · ${clicks} · ${ranker.name} ranker, ${training.loss} loss · ${seedWords}`;
}

const metricNote = ({ baseline }: Summary) =>
  `Dot and bar: mean and 95 % interval over seeds; faint marks: single seeds; dashed lines: production ranker and skyline.${baseline === null ? '' : ` Tests are against ${baseline}.`}`;
const propensityNote =
  'Probability that a rank is examined, relative to rank 1, on a log axis: mean over seeds, band from the lowest to the highest seed.';
const curveNote = 'One line per seed, up to where training ended. Losses differ in scale from method to method; each has its own axis.';

const section = (title: string, content: string) => `<section><h2>${escapeHtml(title)}</h2>\n${content}\n</section>`;

async function pictureSection(title: string, note: string, pictures: readonly Picture[]): Promise<string> {
  if (pictures.length === 0) return '';
  const drawn = [];
  for (const picture of pictures) drawn.push(`<figure style="margin:0">${await drawSvg(picture)}</figure>`);
  return section(title, `<p class="soft">${escapeHtml(note)}</p>\n<div class="pictures">\n${drawn.join('\n')}\n</div>`);
}

const listOf = (lines: readonly string[]) =>
  lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
const warningBox = (warnings: readonly string[]) =>
  warnings.length === 0 ? '' : `<div class="warn" role="note">${listOf(warnings)}</div>`;

function statusTable({ methods, seeds, status }: RunResult): string {
  const rows = seeds.flatMap((seed, s) =>
    methods.flatMap((method, m) => {
      const one = status[s][m];
      if (one === null) return [];
      return [
        `<td>${escapeHtml(method)}</td><td>${escapeHtml(seed)}</td><td>${one.state}</td><td>${one.steps}</td><td>${escapeHtml(one.message)}</td>`,
      ];
    }),
  );
  return scrollTable('How training ended', ['method', 'seed', 'state', 'steps', 'why'], rows, 'words');
}
