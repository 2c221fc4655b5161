import { documentTables } from '../click-models/definition.ts';
import {
  clickModel,
  type DocumentScorer,
  type FitLog,
  type FitOptions,
  type FittedClickModel,
  fitClickModel,
  fitOptions,
} from '../click-models/index.ts';
import { checkComplete } from '../src/data/missing-values.ts';
import { decodeOptions } from '../src/decode-options.ts';
import { sigmoid } from '../src/math/log-space.ts';
import { buildScorer } from '../src/models/scorers.ts';

/** Attraction and satisfaction of the documents of another log: what a function of features makes of them, or fitted with all other tables as they are. */
export function documentsByBias(
  { model, priors, scorers = {} }: FittedClickModel,
  fit: FitLog,
  features: Float32Array,
): FittedClickModel['documents'] {
  const { definition, parameters, positions, contexts } = model;
  const tables = Object.entries(definition.tables).map(([name, table]) => [
    name,
    documentTables.includes(name) ? table : { ...table, fixed: true },
  ]);
  const standing = clickModel({ ...definition, tables: Object.fromEntries(tables) }, parameters, positions, contexts);
  const options = decodeOptions('fit', fitOptions, {}) as FitOptions;
  const own = model.documents.every((name) => Object.hasOwn(scorers, name))
    ? {}
    : fitClickModel(standing, fit, options, { priors }).documents;
  const ofFeatures = Object.entries(scorers).map(([name, scorer]) => [name, scoredBy(name, scorer, features)]);
  return { ...own, ...Object.fromEntries(ofFeatures) };
}

function scoredBy(table: string, { architecture, parameters }: DocumentScorer, features: Float32Array): Float64Array {
  checkComplete({ features, featureCount: architecture.featureCount }, `${table} from features`);
  const scorer = buildScorer(architecture);
  scorer.parameters.set(parameters);
  return Float64Array.from(scorer.score(features), sigmoid);
}
