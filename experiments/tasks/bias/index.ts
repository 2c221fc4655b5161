import { needsOf } from '../../../estimators/index.ts';
import { filesOfLog } from '../../../src/data/log-store/store-info.ts';
import { needsTensors } from '../../../src/models/scorers.ts';
import { dataName } from '../../config/data-name.ts';
import { defineTask } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import { expectedWork } from '../ranking/expected-work.ts';
import { dataFiles } from '../ranking/load-data.ts';
import { biasEntry } from '../ranking/ranking-faults.ts';
import { sourceRemark } from '../shared/bias-source.ts';
import { clickModelFits, clickModelNotes, ruledOutWarnings } from '../shared/click-model-fits.ts';
import { curves, curvesFigure, training, trainingListing, trainingNotes } from '../shared/training.ts';
import { type BiasConfig, biasSchemas, biasTask, simulateWithoutTask } from './bias-config.ts';
import { biasFaults } from './bias-faults.ts';
import { describeBiasMetrics } from './bias-metrics.ts';
import {
  affineCurves,
  affineDigest,
  affineFigure,
  affineListing,
  biasCurves,
  biasFigure,
  biasFinding,
  contextCurves,
  intervalDigest,
} from './bias-tables.ts';
import { comparedCurves, contextFigure } from './compared-curves.ts';
import { prepareBias } from './prepare-bias.ts';

/** Estimators of the bias of a log, compared with each other and, where it is known, with the truth. */
export const biasStudies = (parts: Parts) =>
  defineTask<BiasConfig>({
    name: biasTask,
    description: 'which estimator finds the bias of a log, simulated or recorded',
    ...biasSchemas(parts),
    faults: (config) => biasFaults(parts, config),
    examples: [
      {
        task: biasTask,
        seeds: 2,
        data: { synthetic: { trainQueries: 16, validationQueries: 6, testQueries: 2, features: 4 } },
        simulation: { sessions: 5000, validationSessions: 500, randomisedSessions: 2000, positions: 5 },
        training: { steps: 20 },
        estimators: ['oracle', 'randomisation', 'all-pairs', 'regression-em', 'trust-bias'],
      },
    ],
    methods: parts.biasEstimators,
    metrics: describeBiasMetrics,
    tables: [biasCurves, contextCurves, affineCurves, curves, clickModelFits, training],
    views: [
      comparedCurves,
      biasFigure,
      contextFigure,
      intervalDigest,
      affineFigure,
      affineDigest,
      affineListing,
      curvesFigure,
      trainingListing,
    ],
    notes: [...trainingNotes, ...clickModelNotes],
    warnings: ruledOutWarnings,
    findings: [biasFinding],
    remarks: [sourceRemark(biasCurves, 'Examination'), sourceRemark(affineCurves, 'Trust bias')],
    axis: { key: 'simulation.sessions', words: 'number of sessions', title: 'sessions' },
    lead,
    progressWords: ({ log, data, simulation }) =>
      log === null ? { data: dataName(data), world: simulation.clickModel.name } : { data: dataName(log), world: 'log' },
    seedsVary: ({ log }) => (log === null ? null : 'the training'),
    usesTensors: ({ ranker, estimators }) =>
      needsTensors(ranker) && estimators.some((method) => needsOf(biasEntry(parts, method.name), method).includes('features')),
    expectedWork: (config) =>
      expectedWork({
        ...config,
        estimators: config.estimators.filter((one) => needsOf(biasEntry(parts, one.name), one).includes('features')),
      }),
    insteadOfSimulate: simulateWithoutTask,
    prepare: (config, stages) => prepareBias(parts, config, stages),
    data({ log, data }) {
      if (log === null) return data.path === null ? null : { place: data.path, files: () => dataFiles(data) };
      const logs = [log.path, ...(log.randomised === null ? [] : [log.randomised])];
      return {
        place: logs.join(' '),
        files: async () => [...(await Promise.all(logs.map(filesOfLog))).flat(), ...(await dataFiles(data))],
      };
    },
  });

function lead({ log, data, simulation, seeds }: BiasConfig): string {
  const clicks =
    log === null
      ? `${simulation.sessions.toLocaleString('en-US')} sessions with ${simulation.clickModel.name} clicks on ${data.path === null && data.name === undefined ? 'synthetic queries' : dataName(data)}`
      : dataName(log);
  return `${clicks} · ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}`;
}
