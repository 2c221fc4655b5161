import { biasChoiceOf, documentRelevance, type EstimatedBias, type Learn, makeBias } from '../../../estimators/index.ts';
import { eachPiece } from '../../../estimators/training-batches.ts';
import { biasOf } from '../../../estimators/weightings/candidates.ts';
import { positionsOf } from '../../../src/data/click-log.ts';
import { UsageError } from '../../../src/errors.ts';
import { nullable, optional, strictObject } from '../../../src/schema.ts';
import type { Parts } from '../../parts/parts.ts';
import { rankingMethods } from '../ranking/ranking-methods.ts';

export const byDocument = 'document-relevance';

type Choice = Parameters<typeof makeBias>[0];

/** Learners of rankings, and one that knows documents by their ids: it ranks what its own log has shown. */
export const ownLogMethods = (parts: Pick<Parts, 'estimators' | 'biasEstimators' | 'weightings'>) => ({
  ...rankingMethods(parts),
  [byDocument]: {
    description: 'relevance of every document by its own clicks over its examination, drawn to the mean: for documents that are ids',
    options: strictObject({ propensity: optional(nullable(biasChoiceOf(parts.biasEstimators)), null) }), // null: clicks as they are
    create:
      ({ propensity }: { readonly propensity: Choice | null }): Learn =>
      (input) => {
        const { train, heldOut } = input;
        const bias: EstimatedBias | null = propensity && makeBias(propensity, parts.biasEstimators)(input);
        const none = { kind: 'examination', examination: new Float64Array(positionsOf(train.log)).fill(1) } as const;
        const clicksOf = (logged: typeof train) => ({ log: logged.log, bias: bias === null ? none : biasOf(bias, logged) });
        const { pieces } = input;
        const logs = pieces ? eachPiece(train, pieces, clicksOf) : clicksOf(train);
        const { relevance } = documentRelevance(logs, heldOut && clicksOf(heldOut), train.querySet.labels.length);
        return {
          rank(set) {
            if (set.docIds !== train.querySet.docIds)
              throw new UsageError(`${byDocument} knows the documents of its log only; give them features`);
            return Float32Array.from(relevance);
          },
          ...(pieces && { passes: 1 }),
          ...{ scorer: null, record: null, examination: bias?.affine ? null : (bias?.examination ?? null) },
          ...(bias && {
            bias,
            examinationSource: bias.source,
            ...(bias.affine && { affine: bias.affine }),
            ...(bias.ending && { ending: bias.ending }),
          }),
        };
      },
  },
});
