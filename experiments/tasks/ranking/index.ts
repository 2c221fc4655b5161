import { needsTensors as needsBackend } from '../../../src/models/scorers.ts';
import { dataName } from '../../config/data-name.ts';
import { defineTask } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import { sourceRemark } from '../shared/bias-source.ts';
import { clickModelFits, clickModelNotes, ruledOutWarnings } from '../shared/click-model-fits.ts';
import { curves, curvesFigure, training, trainingListing, trainingNotes } from '../shared/training.ts';
import { driftWarnings } from './drift-warnings.ts';
import { rankingMetrics } from './evaluate-ranker.ts';
import { expectedWork } from './expected-work.ts';
import { dataParts } from './held-apart.ts';
import { dataFiles } from './load-data.ts';
import { prepareRanking, type RankingExtras } from './prepare-ranking.ts';
import { type RankingConfig, rankingSchemas } from './ranking-config.ts';
import { rankingFaults } from './ranking-faults.ts';
import { rankingMethods } from './ranking-methods.ts';
import { clippedDigest, propensities, propensitiesFigure, propensityFinding, trustBias, weights } from './ranking-tables.ts';
import { safety, safetyRemark } from './safety.ts';
import { searchSessions, searchSessionsRemark } from './search-sessions-table.ts';
import { simulateRanking } from './simulate-ranking.ts';
import { unusedSettings } from './unused-settings.ts';

/** Rankers learnt from the clicks on ranked lists, compared. @param extras what a script gives beside configs */
export const ranking = (parts: Parts, extras: RankingExtras = {}) =>
  defineTask<RankingConfig>({
    name: 'ranking',
    description: 'rankers learnt from clicks on ranked lists; what a config without a task is',
    ...rankingSchemas(parts),
    faults: (config, { simulated = true }) => rankingFaults(parts, config, simulated),
    examples: [
      {
        seeds: 2,
        data: { synthetic: { trainQueries: 16, validationQueries: 6, testQueries: 10, features: 4 } },
        simulation: { sessions: 2000, validationSessions: 500, temperature: 0.5, listsPerQuery: 2 },
        training: { steps: 30 },
        evaluation: { searchSessions: { count: 20 }, safety: {} },
      },
    ],
    methods: rankingMethods(parts),
    metrics: (config) => rankingMetrics(parts, config),
    tables: [propensities, trustBias, curves, weights, clickModelFits, training, searchSessions, safety],
    views: [propensitiesFigure, curvesFigure, clippedDigest, trainingListing],
    notes: [...trainingNotes, ...clickModelNotes],
    findings: [propensityFinding],
    remarks: [sourceRemark(propensities, 'Propensities'), sourceRemark(trustBias, 'Trust bias'), searchSessionsRemark, safetyRemark],
    axis: { key: 'simulation.sessions', words: 'number of sessions', title: 'sessions' },
    lead,
    progressWords: ({ data, simulation }) => ({ data: dataName(data), world: simulation.clickModel.name }),
    usesTensors: needsTensors,
    expectedWork,
    unused: (config) => unusedSettings(parts, config),
    prepare: (config, stages) => prepareRanking(parts, config, stages, extras),
    warnings: (result) => [...driftWarnings(result), ...ruledOutWarnings(result)],
    data: ({ data }) => (data.path === null ? null : { place: data.path, files: () => dataFiles(data), parts: () => dataParts(data) }),
    simulate: (config, options, onProgress) => simulateRanking(parts, config, options, onProgress),
  });

/** Networks need tensors; a linear ranker and trees do without. */
export const needsTensors = ({ ranker, estimators }: Pick<RankingConfig, 'ranker' | 'estimators'>): boolean =>
  estimators.some((method) => needsBackend(method.ranker ?? ranker));

function lead({ data, simulation, ranker, training: { loss }, seeds }: RankingConfig): string {
  const source = data.path === null && data.name === undefined ? 'synthetic queries' : dataName(data);
  const clicks = `${simulation.sessions.toLocaleString('en-US')} sessions with ${simulation.clickModel.name} clicks`;
  return `${source} · ${clicks} · ${ranker.name} ranker, ${loss.name} loss · ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}`;
}
