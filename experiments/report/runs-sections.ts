import { stringify } from 'yaml';
import { escapeHtml } from '../charts/escape-html.ts';
import { varyingMethodKeys } from '../records/varying-keys.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { type RunsReport, runKeys } from './gather-report.ts';
import { codeBlock, commandBlock, folded } from './page-frame.ts';
import { rowHtml, scrollTable } from './report-table.ts';

/** Every run, with the keys that tell it from others. */
export function runsTable({ runs }: RunsReport): string {
  const { keys, sorted, text } = runKeys(runs);
  const rows = sorted.map((run) => {
    const { backend, git, finished } = run.status;
    const seeds = [...new Set(run.metrics.map(({ seed }) => seed))].join(', ');
    const commit = git ? `${git.commit.slice(0, 8)}${git.dirty ? ' + changes' : ''}` : '–';
    const ended = finished?.slice(0, 16).replace('T', ' ') ?? '–';
    return rowHtml([run.id, seeds, ...keys.map((key) => text(run, key)), backend?.name ?? '–', commit, ended]);
  });
  const table = scrollTable('Runs', ['run', 'seeds', ...keys, 'backend', 'commit', 'finished (UTC)'], rows, 'cells');
  return rows.length > 20 ? folded(`${rows.length} runs`, table) : table;
}

/** The command, and the config that all runs share; where they differ stands in its place. */
export function repeatCommands({ runs, command }: RunsReport): string {
  const { keys } = runKeys(runs);
  const varying = [...keys, ...varyingMethodKeys(runs)];
  const single = commandLine(['counterrank', 'run', `${runs[0].folder}/config.json`]);
  const note =
    varying.length > 0
      ? `The first run's; runs differ in seeds${varying.map((key) => `, ${key}`).join('')}.`
      : 'The same for all runs, but for seeds.';
  return [
    commandBlock(`${command} --out report`),
    '<p class="soft">A single run is repeated from its own config:</p>',
    commandBlock(single),
    folded('The whole config, defaults included', `<p class="soft">${escapeHtml(note)}</p>${codeBlock(stringify(runs[0].config))}`),
  ].join('\n');
}
