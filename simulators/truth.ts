import { type ClickModel, examinationMarginals } from '../click-models/index.ts';
import type { Bias } from '../src/bias.ts';
import { type ClickLog, positionsOf } from '../src/data/click-log.ts';
import { type DocumentProbabilities, shownOf } from './document-probabilities.ts';

/** What a click log was drawn from: for simulators and evaluation, never for an estimator (an oracle is told the bias, no more). */
export interface SimulationTruth {
  readonly clickModel: Pick<ClickModel, 'name' | 'parameters'>;
  readonly attraction: Float64Array; // length D, per document of the query set
  readonly satisfaction?: Float64Array | undefined; // likewise, where the click model asks for it
  readonly examination: Extract<Bias, { kind: 'examination' | 'contextual' }>; // P(E = 1) by position, or per shown document of the log
  readonly affine: Extract<Bias, { kind: 'affine' }> | null; // under trust bias
}

/** The truth behind a log drawn from the model. Examination is by position where the model's does not depend on the list. @param contexts of each list, where the model tells them apart */
export function truthOf(
  clickModel: ClickModel,
  documents: DocumentProbabilities,
  log: ClickLog,
  contexts: Uint32Array | null = null,
): SimulationTruth {
  const { name, parameters, bias } = clickModel;
  const { attraction, satisfaction } = documents;
  return {
    clickModel: { name, parameters },
    attraction,
    ...(satisfaction && { satisfaction }),
    examination:
      bias === null
        ? { kind: 'contextual', examination: examinationPerShown(clickModel, documents, log, contexts) }
        : { kind: 'examination', examination: examinationMarginals(clickModel, new Float64Array(positionsOf(log))) },
    affine: bias?.kind === 'affine' ? bias : null,
  };
}

function examinationPerShown(
  clickModel: ClickModel,
  documents: DocumentProbabilities,
  { offsets, docs }: ClickLog,
  contexts: Uint32Array | null,
): Float64Array {
  const examination = new Float64Array(docs.length);
  for (let l = 0; l + 1 < offsets.length; l++) {
    const shown = shownOf(documents, docs.subarray(offsets[l], offsets[l + 1]));
    examination.set(examinationMarginals(clickModel, { ...shown, context: contexts?.[l] ?? 0 }), offsets[l]);
  }
  return examination;
}
