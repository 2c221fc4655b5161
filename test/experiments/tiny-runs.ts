import { join } from 'node:path';
import { builtIn } from '../../experiments/catalogue/catalogue.ts';
import { decodeRankingConfig } from '../../experiments/catalogue/ranking-config.ts';
import type { StudyConfig } from '../../experiments/config/config-kind.ts';
import type { RunRecord } from '../../experiments/engine/make-record.ts';
import { runTask } from '../../experiments/engine/run-task.ts';
import { methodsOf } from '../../experiments/engine/task.ts';
import { writeRun } from '../../experiments/engine/write-run.ts';
import { summariseRun } from '../../experiments/summary/summarise-run.ts';

/** A config small enough to run in a few hundredths of a second. */
export const tinyConfig = (changes: object = {}) =>
  decodeRankingConfig(
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

/** Runs a tiny config for real and writes its run folder. */
export const writeTinyRun = (folder: string, changes: object = {}): Promise<string> =>
  writeRunOf(
    folder,
    tinyConfig(changes),
    Object.entries(changes).map(([key, value]) => `${key}=${JSON.stringify(value)}`),
  );

/** Runs the config and writes its run folder. */
export async function writeRunOf(folder: string, config: StudyConfig, overrides: readonly string[] = []): Promise<string> {
  await writeRun(folder, await recordOf(config, overrides));
  return folder;
}

/** Runs the config; the times are made up, so that files can be compared. */
export async function recordOf(config: StudyConfig, overrides: readonly string[] = []): Promise<RunRecord> {
  const started = '2026-01-02T03:04:05.000Z';
  const task = builtIn().taskOf(config, 'tiny run');
  const finished = await runTask(task, config);
  const { result } = finished;
  return {
    ...finished,
    task,
    config,
    overrides,
    command: 'counterrank run tiny.yaml',
    summary: summariseRun(result, {
      baseline: config.baseline,
      methods: methodsOf(task, config),
      notes: task.notes,
      remarks: task.remarks,
    }),
    provenance: {
      started,
      finished: new Date(Date.parse(started) + 2500).toISOString(),
      wallSeconds: { learn: 2, total: 2.5 },
      methodSeconds: Object.fromEntries(result.methods.map((method) => [method, 0.25])),
      backend: { name: 'cpu', version: '4.22.0', skipped: [] },
      versions: { node: process.versions.node },
      git: null,
      machine: { cpu: 'test', cores: 1, memoryBytes: 1e9, system: 'test' },
      peakMemoryBytes: 123e6,
      dataSha256: {},
      accounting: [],
    },
  };
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
