import type { Read } from '../../../src/data/accounting.ts';
import { shownText } from '../../../src/data/decimal.ts';
import { readDocuments } from '../../../src/data/documents/read-documents.ts';
import { saidMissing } from '../../../src/data/missing-values.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { type Scaling, scaleFeatures } from '../../../src/data/scale-features.ts';
import { someOfBoth } from '../../../src/data/shared-ids.ts';
import type { LineForm } from '../../../src/data/svmlight-scanner.ts';
import { DataError } from '../../../src/errors.ts';
import type { GainRule } from '../../../src/label-gains.ts';
import { evaluateRanking } from '../../../src/metrics/index.ts';
import { isEmbedding } from '../../../src/models/embedding.ts';
import type { StoredIds } from '../../../src/models/id-vocabulary.ts';
import { scoreSet } from '../../../src/models/score-set.ts';
import type { Scorer } from '../../../src/models/scorer.ts';
import type { Parts } from '../../parts/parts.ts';
import type { OnProgress } from '../../terminal/progress.ts';
import type { RankingConfig } from './ranking-config.ts';

/** A saved model as `counterrank evaluate` loads it. */
export interface LoadedModel {
  readonly label: string;
  readonly scorer: Scorer;
  readonly scaling: Scaling;
}

export interface EvaluationRequest {
  readonly models: readonly LoadedModel[];
  readonly data: string; //    judged documents
  readonly form?: LineForm; // of SVMlight
  readonly metrics: readonly string[];
  readonly emptyQueries: RankingConfig['evaluation']['emptyQueries'];
  readonly highestGrade: number; // of the label scale, for err
  readonly gains: GainRule;
}

export interface ModelEvaluation {
  readonly queryIds: readonly string[];
  readonly perQuery: readonly (readonly Float64Array[])[]; // [model][metric], NaN: left out
  readonly querySet: Read<QuerySet>;
  readonly scores: readonly Float32Array[]; // [model], one per document
}

/** Measures saved models on one labelled file, its features scaled as each model's training data were. */
export async function evaluateModels(
  { models, data, form = {}, metrics, emptyQueries, highestGrade, gains }: EvaluationRequest,
  onProgress: OnProgress,
  parts: Pick<Parts, 'metrics'>,
): Promise<ModelEvaluation> {
  const featureCount = models.find(({ scorer }) => scorer.featureCount > 0)?.scorer.featureCount; // of ids alone 0
  const set = await readDocuments(data, { ...form, gains, missing: 'keep', ...(featureCount === undefined ? {} : { featureCount }) });
  if (featureCount !== undefined && set.featureCount !== featureCount)
    throw new DataError(
      `${set.featureCount} features, where the model knows ${featureCount}; give those that it learnt from, in their order`,
      { file: data },
    );
  const scores = models.map(({ label, scorer, scaling }, m) => {
    onProgress({ stage: 'evaluate', done: m, total: models.length, detail: label });
    const scaled = scaleFeatures(knownTo(scorer, set, data), scaling);
    checkTaken(label, scorer, scaled, data);
    return scoreSet(scorer, scaled);
  });
  const perQuery = scores.map((ofModel) => {
    const values = evaluateRanking(ofModel, set, metrics, { emptyQueries, highestGrade, gain: gains }, parts.metrics);
    return metrics.map((name) => values[name]);
  });
  return { queryIds: set.queryIds, perQuery, querySet: set, scores };
}

/** @throws DataError for missing features that a model knows nothing of */
function checkTaken(label: string, { knowsMissing = false, featureCount }: Scorer, set: QuerySet, file: string): void {
  const said = knowsMissing || featureCount === 0 ? null : saidMissing(set);
  if (said !== null)
    throw new DataError(
      `${label} was trained without missing values, but ${said}; train it with data.missing (--missing) mean or a number, which it then knows, or fill them in the file`,
      { file },
    );
}

/** A set as a scorer knows it: without features where it has ids alone. @throws DataError where it then knows no document */
function knownTo(scorer: Scorer, set: QuerySet, file: string): QuerySet {
  if (scorer.featureCount > 0) return set;
  if (isEmbedding(scorer) && scorer.vocabulary.numbers(set).every((number) => number < 0)) {
    const [[query, ids]] = scorer.vocabulary.stored as StoredIds;
    const which = scorer.architecture.of === 'document' ? 'documents' : `documents of query ${shownText(query)}`;
    throw new DataError(`no document that the model knows by its id; ${someOfBoth(`it knows ${which}`, ids, 'the file has', set.docIds)}`, {
      file,
    });
  }
  return { ...set, features: new Float32Array(0), featureCount: 0 };
}
