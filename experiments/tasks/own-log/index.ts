import { needsOf } from '../../../estimators/index.ts';
import { filesOfLog } from '../../../src/data/log-store/store-info.ts';
import { dataName } from '../../config/data-name.ts';
import { defineTask } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import { simulateWithoutTask } from '../bias/bias-config.ts';
import { expectedWork } from '../ranking/expected-work.ts';
import { needsTensors } from '../ranking/index.ts';
import { dataFiles } from '../ranking/load-data.ts';
import { biasEntry } from '../ranking/ranking-faults.ts';
import { clippedDigest, propensities, propensitiesFigure, propensityFinding, trustBias, weights } from '../ranking/ranking-tables.ts';
import { sourceRemark } from '../shared/bias-source.ts';
import { clickModelFits, clickModelNotes, ruledOutWarnings } from '../shared/click-model-fits.ts';
import { curves, curvesFigure, training, trainingListing, trainingNotes } from '../shared/training.ts';
import { offPolicy, offPolicyFigure, offPolicyListing } from './off-policy-tables.ts';
import { type OwnLogConfig, ownLogSchemas, ownLogTask } from './own-log-config.ts';
import { asRanking, ownLogFaults } from './own-log-faults.ts';
import { byDocument, ownLogMethods } from './own-log-methods.ts';
import { ownLogMetrics, prepareOwnLog } from './prepare-own-log.ts';

/** Rankers learnt from a log without labels, and what they are worth by sessions that they did not see. */
export const ownLog = (parts: Parts) =>
  defineTask<OwnLogConfig>({
    name: ownLogTask,
    description: 'rankers learnt from a log of your own without labels, valued by the clicks of its other sessions',
    ...ownLogSchemas(parts),
    faults: (config) => ownLogFaults(parts, config),
    examples: [
      {
        task: ownLogTask,
        seeds: 2,
        data: { synthetic: { trainQueries: 16, validationQueries: 2, testQueries: 2, features: 4 } },
        simulation: { sessions: 4000, validationSessions: 0, randomisedSessions: 0, positions: 5 },
        training: { steps: 20 },
        estimators: ['naive', { bias: 'all-pairs', weighting: 'ips' }, { name: byDocument, propensity: 'all-pairs' }],
      },
    ],
    methods: ownLogMethods(parts),
    metrics: (config) => ownLogMetrics(parts, config),
    tables: [offPolicy, propensities, trustBias, curves, weights, clickModelFits, training],
    views: [offPolicyFigure, offPolicyListing, propensitiesFigure, curvesFigure, clippedDigest, trainingListing],
    notes: [...trainingNotes, ...clickModelNotes],
    warnings: ruledOutWarnings,
    findings: [propensityFinding],
    remarks: [sourceRemark(propensities, 'Propensities'), sourceRemark(trustBias, 'Trust bias')],
    axis: { key: 'simulation.sessions', words: 'number of sessions', title: 'sessions' },
    lead,
    progressWords: ({ log, data, simulation }) =>
      log === null ? { data: dataName(data), world: simulation.clickModel.name } : { data: dataName(log), world: 'log' },
    seedsVary: ({ log }) => (log === null ? null : 'which sessions are for the test, and the training'),
    usesTensors: (config) =>
      needsTensors(asRanking({ ...config, estimators: config.estimators.filter(({ name }) => name !== byDocument) })) ||
      needsOf(
        biasEntry(parts, (config.evaluation.bias as unknown as { readonly name: string }).name),
        config.evaluation.bias as object,
      ).includes('features'),
    expectedWork,
    insteadOfSimulate: simulateWithoutTask,
    prepare: (config, stages) => prepareOwnLog(parts, config, stages),
    data({ log, data }) {
      if (log === null) return data.path === null ? null : { place: data.path, files: () => dataFiles(data) };
      const logs = [log.path, ...(log.randomised === null ? [] : [log.randomised])];
      return {
        place: logs.join(' '),
        files: async () => [...(await Promise.all(logs.map(filesOfLog))).flat(), ...(await dataFiles(data))],
      };
    },
  });

function lead({ log, data, simulation, ranker, training: { loss }, seeds }: OwnLogConfig): string {
  const asIds = log !== null && data.path === null && ranker.name !== 'embedding';
  const documents = asIds ? 'documents by their ids' : `${ranker.name} ranker, ${loss.name} loss`;
  const clicks =
    log !== null
      ? dataName(log)
      : `${simulation.sessions.toLocaleString('en-US')} sessions with ${simulation.clickModel.name} clicks on ${data.path === null && data.name === undefined ? 'synthetic queries' : dataName(data)}`;
  return `${clicks} · ${documents} · ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}`;
}
