import { join } from 'node:path';
import { decodeConfig } from '../../experiments/config/read-config.ts';
import { runExperiment } from '../../experiments/engine/run-experiment.ts';
import { writeRun } from '../../experiments/records/write-run.ts';
import { summariseRun } from '../../experiments/report/summary.ts';

/** A config small enough to run in a few hundredths of a second. */
export const tinyConfig = (changes: object = {}) =>
  decodeConfig(
    {
      name: 'tiny',
      seeds: 2,
      backend: 'cpu',
      data: { synthetic: { trainQueries: 16, validationQueries: 6, testQueries: 10, features: 4 } },
      simulation: { sessions: 2000, validationSessions: 500, temperature: 0.5, listsPerQuery: 2 },
      training: { steps: 30 },
      estimators: ['production', 'naive', 'ips', { name: 'clipped-ips', clip: 0.5 }, 'dual-learning', 'skyline'],
      evaluation: { metrics: ['ndcg@10', 'reciprocal-rank'], searchSessions: null },
      ...changes,
    },
    'tiny run',
  );

/** Runs the config for real and writes its run folder. */
export async function writeTinyRun(folder: string, changes: object = {}, started = '2026-01-02T03:04:05.000Z'): Promise<string> {
  const config = tinyConfig(changes);
  const result = await runExperiment(config, 'cpu', () => {});
  await writeRun(folder, {
    config,
    overrides: Object.entries(changes).map(([key, value]) => `${key}=${JSON.stringify(value)}`),
    command: 'counterrank run tiny.yaml',
    result,
    summary: summariseRun(config, result),
    provenance: {
      started,
      finished: new Date(Date.parse(started) + 2500).toISOString(),
      wallSeconds: { learn: 2, total: 2.5 },
      backend: { name: 'cpu', version: '4.22.0', skipped: [] },
      versions: { node: process.versions.node },
      git: null,
      machine: { cpu: 'test', cores: 1, memoryBytes: 1e9, system: 'test' },
      peakMemoryBytes: 123e6,
      dataSha256: {},
    },
  });
  return folder;
}

/** A sweep folder as `counterrank sweep` leaves it: click models × session counts, one run folder each. */
export async function writeTinySweep(folder: string, changes: object = {}): Promise<string> {
  for (const clickModel of ['position-based', 'cascade'])
    for (const sessions of [500, 5000]) {
      const simulation = { sessions, validationSessions: 500, temperature: 0.5, listsPerQuery: 2, clickModel };
      await writeTinyRun(join(folder, 'runs', `${clickModel}-${sessions}`), { simulation, ...changes });
    }
  return folder;
}
