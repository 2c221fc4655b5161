import { fitOptions } from '../../../click-models/index.ts';
import { type NamedLogFormatName, namedLogFormats } from '../../../src/data/named-logs/named-log-formats.ts';
import {
  array,
  boolean,
  type Decoded,
  integer,
  nullable,
  openProbability,
  optional,
  picklist,
  strictObject,
  string,
} from '../../../src/schema.ts';
import { studySchemas } from '../../config/study-schemas.ts';
import { filePath, parsable } from '../../config/text-rules.ts';
import type { Parts } from '../../parts/parts.ts';
import { dataConfig } from '../ranking/data-config.ts';
import { evaluationConfig } from '../ranking/evaluation-config.ts';
import { simulationConfig } from '../ranking/simulation-config.ts';
import { checkScore, usualSmallestProbability } from './scores.ts';

/** A log of real users. */
const logConfig = strictObject({
  path: filePath(),
  format: optional(nullable(picklist(Object.keys(namedLogFormats) as NamedLogFormatName[])), null), // null: told from the file
  context: optional(nullable(string()), null), //   column that says what lists were shown in, such as a device, for models that tell contexts apart
  skipFaulty: optional(boolean(), false), //        leave out what breaks the form, and count it
});

const { folds: _folds, ...judgedQueries } = dataConfig.entries;

/** What the ranking task draws its training log by; more lists of each query by default, so that documents are seen at several ranks. */
function simulatedLog(parts: Parts) {
  const {
    validationSessions: _validation,
    randomisedSessions: _randomised,
    intervention: _intervention,
    ...entries
  } = simulationConfig(parts).entries;
  return strictObject({
    ...entries,
    sessions: optional(entries.sessions.wrapped, 100_000),
    temperature: optional(entries.temperature.wrapped, 0.5),
    listsPerQuery: optional(entries.listsPerQuery.wrapped, 10),
  });
}

/** The registered click models, and what logs are simulated with. */
export const clickModelMethods = ({ clickModels }: Parts) => ({
  ...clickModels,
  truth: {
    description: 'the model and the parameters that the log was simulated with: the best that can be reached',
    options: strictObject({}),
    reference: true,
  },
});

/** One comparison: log → training and test sessions → fitted click models → scores. */
export const clickModelSchemas = (parts: Parts) =>
  studySchemas({
    task: 'click-models',
    methods: clickModelMethods(parts),
    settings: {
      log: optional(nullable(logConfig), null), // null: simulated
      data: optional(strictObject(judgedQueries), {}), // whose training queries a simulation is on
      simulation: optional(simulatedLog(parts), {}),
      split: optional(
        strictObject({
          by: optional(picklist(['session', 'time', 'query']), 'session'),
          share: optional(openProbability(), 0.62), // of the sessions, or queries, that models are fitted to
          unseen: optional(picklist(['prior', 'drop']), 'prior'), // test documents that no training session showed: as the prior's mean, or sessions with them left out
        }),
        {},
      ),
      saveModels: optional(boolean(), true), // keep the fitted models of every seed
    },
    ofMethod: { fit: optional(fitOptions, {}) },
    evaluation: optional(
      strictObject({
        metrics: optional(nullable(array(parsable((name) => checkScore(name, parts)))), null), // null: all scores but pooled ones; of a simulation also ndcg@5
        emptyQueries: optional(evaluationConfig(parts).entries.emptyQueries.wrapped, 'skip'), // of ndcg and its like: queries without a relevant document
        smallestProbability: optional(openProbability(), usualSmallestProbability), // what a click or its absence counts as at least, where a model rules it out
        resamples: optional(integer(0, 10_000), 0), // of the sessions, for intervals of parameters and examination, at least 40; 0: none
      }),
      {},
    ),
    standard: {
      baseline: 'document-ctr',
      estimators: [
        'rank-ctr',
        'document-ctr',
        'position-based',
        'dependent-click',
        'click-chain',
        'dynamic-bayesian',
        'user-browsing',
        'truth',
      ],
    },
  });

export type ClickModelsConfig = Decoded<ReturnType<typeof clickModelSchemas>['run']>;
export type ClickModelMethod = ClickModelsConfig['estimators'][number];
