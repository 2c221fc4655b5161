import { filesOfLog } from '../../../src/data/log-store/store-info.ts';
import { dataName } from '../../config/data-name.ts';
import { defineTask } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import { dataFiles } from '../ranking/load-data.ts';
import { clickModelMetrics } from './click-model-metrics.ts';
import { clickThrough, convergence, examination, fits, identification, parameters, perplexities, scores } from './click-model-tables.ts';
import { clickModelNotes, clickModelViews } from './click-model-views.ts';
import { type ClickModelsConfig, clickModelMethods, clickModelSchemas } from './click-models-config.ts';
import { clickModelFaults } from './click-models-faults.ts';
import { expectedFits } from './expected-fits.ts';
import { prepareClickModels } from './prepare-click-models.ts';
import { drawConfig } from './study-log.ts';

/** Click models fitted to part of a log, compared by how well they foretell the rest. */
export const clickModelStudies = (parts: Parts) =>
  defineTask<ClickModelsConfig>({
    name: 'click-models',
    description: 'which click model, fitted to part of a log, foretells the clicks of the rest best',
    ...clickModelSchemas(parts),
    faults: (config) => clickModelFaults(parts, config),
    examples: [
      {
        task: 'click-models',
        seeds: 2,
        data: { synthetic: { trainQueries: 12, validationQueries: 2, testQueries: 2, features: 4 } },
        simulation: { sessions: 3000, positions: 5, clickModel: 'position-based' },
        estimators: ['rank-ctr', 'document-ctr', 'cascade', 'position-based', 'user-browsing', 'truth'],
        evaluation: { resamples: 40 },
      },
    ],
    methods: clickModelMethods(parts),
    metrics: (config) => clickModelMetrics(parts, config),
    tables: [scores, parameters, perplexities, clickThrough, examination, convergence, fits, identification],
    views: clickModelViews,
    notes: clickModelNotes,
    findings: [],
    axis: { key: 'simulation.sessions', words: 'number of sessions', title: 'sessions' },
    lead,
    progressWords: ({ log, data, simulation }) =>
      log === null ? { data: dataName(data), world: simulation.clickModel.name } : { data: dataName(log), world: 'split' },
    seedsVary: ({ log }) => (log === null ? null : 'the split'),
    usesTensors: ({ estimators }) => estimators.some((method) => 'fit' in method && method.fit.hidden.length > 0),
    expectedWork: expectedFits,
    prepare: (config, stages) => prepareClickModels(parts, config, stages),
    insteadOfSimulate:
      'simulate a config of its data and simulation without a task, or draw clicks of a fitted model with click-model simulate',
    data: (config) => {
      const { log, data } = config;
      if (log !== null) return { place: log.path, files: () => filesOfLog(log.path) };
      return data.path === null ? null : { place: data.path, files: () => dataFiles(drawConfig(config).data) };
    },
  });

function lead({ log, data, simulation, split, seeds }: ClickModelsConfig): string {
  const clicks =
    log === null
      ? `${simulation.sessions.toLocaleString('en-US')} sessions with ${simulation.clickModel.name} clicks on ${data.path === null && data.name === undefined ? 'synthetic queries' : dataName(data)}`
      : dataName(log);
  const share = `${Number((100 * split.share).toPrecision(4))} % to fit, split by ${split.by}`;
  return `${clicks} · ${share} · ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}`;
}
