import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { writeAtomicStream } from '../../src/data/write-atomic.ts';
import { writeSearchSessions } from '../../src/data/write-search-sessions.ts';
import { openCatalogue } from '../catalogue/open-catalogue.ts';
import { csvLines } from '../records/csv.ts';
import { checkWritable, writeFolder } from '../records/new-folder.ts';
import { writeJson } from '../records/write-json.ts';
import { readSessionSimulationConfig } from '../search-sessions/session-simulation-config.ts';
import { sessionTruthHead, sessionTruthRows } from '../search-sessions/session-truth-rows.ts';
import { simulateSessionLogs } from '../search-sessions/simulate-session-logs.ts';
import { createProgress } from '../terminal/progress.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { tell } from '../terminal/wrap-words.ts';
import { withCacheOptions } from './cache-option.ts';
import { type PluginOption, pluginOption } from './plugin-option.ts';

interface SimulateSessionsOptions extends PluginOption {
  readonly out: string;
  readonly quiet?: boolean;
}

export const simulateSessionsCommand = () =>
  withCacheOptions(new Command('simulate-sessions'))
    .argument('<config>', 'YAML or JSON file, or search-sessions, which comes with the package and shows the keys')
    .argument('[overrides...]', 'key.path=value, put into the config')
    .requiredOption('--out <dir>', 'folder to create; must not exist')
    .addOption(pluginOption())
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(simulateSessions);

const helpText = `
The folder gets one <system>.jsonl per system of the config (all meet the same users), truth/<system>.csv with the found gain, the
effort and the expected satisfaction of every search session, and config.json with every default.

Examples:
  counterrank simulate-sessions search-sessions --out sim
  counterrank meta-evaluate sim/current.jsonl --systems sim/better.jsonl sim/worse.jsonl --out sim/meta.html
  counterrank simulate-sessions search-sessions.yaml users.overlook=0.4 users.rating.noise=0 seed=2 --out sim2`;

async function simulateSessions(
  file: string,
  overrides: readonly string[],
  { out, quiet, plugin }: SimulateSessionsOptions,
): Promise<void> {
  const config = await readSessionSimulationConfig(file, overrides, openCatalogue, plugin);
  const { parts } = await openCatalogue(config.plugins ?? []);
  await checkWritable(out);
  const progress = createProgress(process.stderr, quiet === true);
  const systems = await simulateSessionLogs(config, progress.onProgress, parts, tellAccounting);
  await writeFolder(out, async (partial) => {
    await mkdir(join(partial, 'truth'));
    for (const { system, sessions, truth } of systems) {
      await writeSearchSessions(join(partial, `${system}.jsonl`), sessions);
      await writeAtomicStream(join(partial, 'truth', `${system}.csv`), csvLines(sessionTruthHead, sessionTruthRows(truth)));
    }
    await writeJson(join(partial, 'config.json'), config);
  });
  progress.finish();
  const { sessions } = systems[0];
  const queries = sessions.reduce((sum, session) => sum + session.queries.length, 0) / sessions.length;
  tell(
    `${systems.map(({ system }) => join(out, `${system}.jsonl`)).join(', ')}: ${sessions.length} search sessions each, ${queries.toFixed(2)} queries in one of ${systems[0].system}`,
  );
  tell(`the truth in ${join(out, 'truth')}`);
}
