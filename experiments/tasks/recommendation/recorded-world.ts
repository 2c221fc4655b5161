import type { InteractionData, InteractionLog } from '../../../src/data/interactions/interaction-log.ts';
import type { Rng } from '../../../src/random/rng.ts';
import type { Prepare, RecommendationProblem } from './problem.ts';
import {
  openInteractionData,
  type Readers,
  type RecordedOptions,
  ratingScale,
  recordedOptions,
  splitUniform,
  targetOf,
  testPairsOf,
} from './recorded-data.ts';

/** The target of a log's rows under a rule of relevance, on the scale of the whole data. */
export type TargetUnder = (log: InteractionLog, relevantFrom: number | null) => (row: number) => number;

/** What learners see of recorded data; the uniform sample unless it says otherwise. */
type Look = (
  data: InteractionData,
  options: RecordedOptions,
  target: TargetUnder,
) => Pick<RecommendationProblem, 'log' | 'target'> & Partial<Pick<RecommendationProblem, 'uniformSample'>>;

/** A world of recorded data, of which no truth is known; every seed splits its uniformly random part into a sample and the test. */
export const recordedWorld = (readers: Readers, description: string, look: Look) => ({
  description,
  options: recordedOptions(readers),
  paths: ({ path }: RecordedOptions) => [path],
  create: (options: RecordedOptions): Prepare => {
    const read = openInteractionData(readers, options);
    return async () => {
      const data = await read();
      const scale = ratingScale(data.log, data.uniformTest);
      const target: TargetUnder = (log, relevantFrom) => targetOf(log, relevantFrom, scale);
      const seen = look(data, options, target);
      const draw = (rng: Rng) => {
        const { sample, test } = splitUniform(data, options, rng);
        return {
          uniformSample: sample && { log: sample, target: target(sample, options.relevantFrom) },
          userFeatures: data.userFeatures,
          itemFeatures: data.itemFeatures,
          known: null,
          oracle: null,
          ...(options.relevantFrom === null && test.ratings !== null && { unit: scale[1] - scale[0] }),
          test: testPairsOf(test, target(test, options.relevantFrom)),
          ...seen,
        };
      };
      return Object.assign(draw, { accounting: data.accounting ?? [] });
    };
  },
});
