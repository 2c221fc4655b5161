import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRecommendationMetric } from '../../../estimators/recommendation/recommendation-metrics.ts';
import { readSubfolders } from '../../../src/data/interactions/find-file.ts';
import { defineTask, type Task } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import { curves, curvesFigure, training, trainingListing, trainingNotes } from '../shared/training.ts';
import { describeMetric } from './describe-metric.ts';
import { expectedTraining } from './expected-training.ts';
import { exposureFigure, exposureFinding, exposureSource, exposureTable } from './exposure-table.ts';
import type { Feedback } from './feedback.ts';
import { chosenModel } from './method-settings.ts';
import { prepareRecommendation } from './prepare-recommendation.ts';
import type { RecommendationConfig } from './recommendation-config.ts';
import { recommendationFaults } from './recommendation-faults.ts';
import { collapseFinding, popularityFinding, scoresTable } from './scores-table.ts';
import { simulateInteractions } from './simulate-interactions.ts';

type Own<C extends RecommendationConfig> = Pick<Task<C>, 'name' | 'description' | 'run' | 'file' | 'isDefault' | 'examples'>;

/** A task that learns from user × item feedback: its schemas, what it says of itself, and in what its feedback differs from the others'. */
export const recommendationTask = <C extends RecommendationConfig>(parts: Parts, feedback: Feedback, own: Own<C>): Task<C> =>
  defineTask<C>({
    ...own,
    faults: (config) => recommendationFaults(parts, feedback, config),
    methods: feedback.recommenders,
    metrics: ({ evaluation }) =>
      evaluation.metrics.map((label) => describeMetric(parseRecommendationMetric(label, parts.metrics), parts.metrics)),
    tables: [exposureTable, scoresTable, curves, training],
    views: [exposureFigure, curvesFigure, trainingListing],
    notes: trainingNotes,
    findings: [exposureFinding, collapseFinding, popularityFinding],
    remarks: [exposureSource],
    lead: ({ world, model, seeds }) =>
      `${own.name} · ${world.name} world · ${model.name} · ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}`,
    progressWords: ({ world }) => ({ data: world.name, world: world.name }),
    seedsVary,
    usesTensors: (config) => config.estimators.some((method) => chosenModel(config, method).name === 'feature-mlp'),
    expectedWork: async (config) => expectedTraining(feedback, config, await filesAt(pathsOf(feedback, config.world)).catch(() => [])), // what is missing is told when it is read
    prepare: (config) => prepareRecommendation(parts, feedback, config),
    data: ({ world }) => {
      const paths = pathsOf(feedback, world);
      return paths.length === 0 ? null : { place: JSON.stringify(world), files: () => filesAt(paths) };
    },
    simulate: (config, options, onProgress) => simulateInteractions(feedback, config, options, onProgress),
  });

/** Recorded data are the same for all seeds, but for what each takes out of the uniform part. */
function seedsVary({ world }: RecommendationConfig): string | null {
  const { name, uniformSampleShare = 0 } = world as { readonly name: string; readonly uniformSampleShare?: number };
  if (name !== 'recorded') return null;
  return uniformSampleShare > 0 ? 'the training and which of the uniform data are tested on' : 'the training';
}

function pathsOf({ worlds }: Feedback, { name, ...options }: RecommendationConfig['world']): readonly string[] {
  return worlds[name].paths?.(options as never) ?? [];
}

/** The files at paths: of a folder, all in it and in the subfolders that readers look into. */
async function filesAt(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    if (!(await stat(path)).isDirectory()) files.push(path);
    else for (const folder of ['', ...readSubfolders]) files.push(...(await filesIn(join(path, folder))));
  }
  return files;
}

/** The files of a folder, sorted; none where there is no such folder. */
async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const files: string[] = [];
  for (const path of names.sort().map((name) => join(folder, name))) if ((await stat(path)).isFile()) files.push(path);
  return files;
}
