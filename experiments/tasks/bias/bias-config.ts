import { type NamedLogFormatName, namedLogFormats } from '../../../src/data/named-logs/named-log-formats.ts';
import { named } from '../../../src/named.ts';
import { boolean, type Decoded, integer, nullable, optional, picklist, strictObject, string, union } from '../../../src/schema.ts';
import { studySchemas } from '../../config/study-schemas.ts';
import type { Parts } from '../../parts/parts.ts';
import { dataConfig } from '../ranking/data-config.ts';
import { simulationConfig } from '../ranking/simulation-config.ts';
import { trainingConfig } from '../ranking/training-config.ts';

/** Counted rows that are in memory, at most, unless asked otherwise: of a few lists some hundred megabytes; of ten documents each, no two lists alike, 10⁶ rows take more than 1.4 GB with all that is made of them. */
export const rowsThatFit = 4_000_000;

/** A log that was recorded. With data.path its documents have features, and their ids are those of the data. */
export const logConfig = strictObject({
  path: string(),
  format: optional(nullable(picklist(Object.keys(namedLogFormats) as NamedLogFormatName[])), null), // null: told from the file; of a log without data
  randomised: optional(nullable(string()), null), // sessions of the same queries, shown in random order
  randomisedPolicy: optional(nullable(union([string(), integer()])), null), // in place of that: the policy of the log that showed lists in random order
  truth: optional(nullable(string()), null), //      truth.json of a log that counterrank simulate wrote
  context: optional(nullable(string()), null), //    column that says what lists were shown in, such as a device
  rowsInMemory: optional(nullable(integer(1)), rowsThatFit), // of an imported log; of one that has more, the sessions of some queries are in memory, drawn at random. null: all
  skipFaulty: optional(boolean(), false), //         leave out what breaks the format, and say how much; of a log without data
});

/** What `counterrank simulate` says to a config of a task that learns from such a log. */
export const simulateWithoutTask =
  'a config with its data and simulation, and without its task and estimators, is simulated into click logs, as quickstart is: counterrank simulate quickstart simulation.temperature=0.5 simulation.listsPerQuery=10 --out logs/first';

/** A log in which documents move between ranks, as estimators by intervention need it. */
export function simulatedLog(parts: Parts) {
  const { entries } = simulationConfig(parts);
  return strictObject({
    ...entries,
    sessions: optional(entries.sessions.wrapped, 100_000),
    validationSessions: optional(entries.validationSessions.wrapped, 20_000),
    temperature: optional(entries.temperature.wrapped, 0.5),
    listsPerQuery: optional(entries.listsPerQuery.wrapped, 10),
    randomisedSessions: optional(entries.randomisedSessions.wrapped, 20_000),
  });
}

export const biasTask = 'bias';

/** One comparison: log → estimates of its bias → how far they are from the truth. */
export const biasSchemas = (parts: Parts) =>
  studySchemas({
    task: biasTask,
    methods: parts.biasEstimators,
    settings: {
      log: optional(nullable(logConfig), null), // null: simulated
      data: optional(dataConfig, {}),
      simulation: optional(simulatedLog(parts), {}),
      ranker: optional(named(parts.rankers), 'linear'), // of estimators that learn relevance from features
      training: optional(trainingConfig(parts), {}), //    likewise
    },
    standard: { baseline: null, estimators: ['oracle', 'randomisation', 'click-model'] },
  });

export type BiasConfig = Decoded<ReturnType<typeof biasSchemas>['run']>;
