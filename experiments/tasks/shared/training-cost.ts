/** What is trained on: distinct documents, candidates of a query, features of each, and places of lists that show them. */
export interface TrainingSize {
  readonly documents: number;
  readonly perQuery: number;
  readonly features: number;
  readonly places: number;
}

interface RankerCost {
  /** Seconds of a step over all documents, forwards and backwards. */
  step(options: Readonly<Record<string, unknown>>, size: TrainingSize): number;
  /** Steps until nothing better comes and patience stops; of a reference, which is trained until its loss settles. */
  readonly usualSteps: { readonly learner: number; readonly reference: number };
}

/** Multiplications and additions a second of dense layers. */
const products = 8e9;

/** Once forwards, twice backwards, a multiplication and an addition each. */
const layerSeconds = (widths: readonly number[], documents: number): number =>
  (6 * documents * widths.slice(1).reduce((sum, width, l) => sum + widths[l] * width, 0)) / products;

/**
 * Rankers by name: measured in November 2026 on one core of an EPYC server with the backend blas, 8,000 and 32,000 documents of 30 and 136 features;
 * a foretelling by it is within a factor of three for most. What a plugin brings is not known.
 */
export const rankerCosts: Readonly<Record<string, RankerCost>> = {
  linear: { step: (_, { documents, features }) => 4e-9 * documents * features, usualSteps: { learner: 150, reference: 200 } },
  mlp: {
    step: ({ hidden }, { documents, features }) => layerSeconds([features, ...(hidden as readonly number[]), 1], documents),
    usualSteps: { learner: 150, reference: 2000 },
  },
  transformer: {
    step: (options, { documents, perQuery, features }) => {
      const { layers, heads, width, feedForward } = options as Readonly<Record<'layers' | 'heads' | 'width' | 'feedForward', number>>;
      const weights = features * width + layers * (4 * width * width + 2 * width * feedForward);
      const attention = layers * documents * (3e-6 + heads * perQuery * 0.02e-6); // of a document to the others of its query
      return (6 * weights * documents) / products + attention;
    },
    usualSteps: { learner: 150, reference: 1000 },
  },
  'gradient-boosted-trees': {
    step: (_, { documents, features }) => 45e-9 * documents * features, // a tree
    usualSteps: { learner: 200, reference: 400 },
  },
  embedding: {
    step: ({ hidden, dimension }, { documents, features }) => {
      const layers = hidden as readonly number[];
      const width = layers.length === 0 ? 1 : ((dimension as number | null) ?? 16);
      const scoring = layers.length === 0 ? 4e-9 * documents * features : layerSeconds([features + width, ...layers, 1], documents);
      return scoring + documents * (0.1e-6 + width * 0.03e-6); // to find rows, and to move them
    },
    usualSteps: { learner: 150, reference: 1000 },
  },
};

/** Seconds of a step for each place of a list, beside the ranker: of the loss and what a method learns with it. Measured as above. */
const usualPlace = 0.15e-6;
const placeCosts: Readonly<Record<string, number>> = {
  'regression-em': 0.4e-6,
  'pairwise-debiasing': 1e-6,
  'doubly-robust': 1.6e-6,
  'direct-method': 1.6e-6,
  'exposure-based-crm': 12e-6,
  prpo: 12e-6,
};
/** Methods that patience seldom stops early: steps. */
const methodSteps: Readonly<Record<string, number>> = { 'regression-em': 700, 'exposure-based-crm': 1000, prpo: 1000 };

export interface TrainingLimits {
  readonly steps: number;
  readonly batchLists: number | 'all';
  readonly patience: unknown; // null: all steps
}

/**
 * Seconds of one training of a ranker by a method (a weighting, where one is composed). null for a ranker that a plugin brought.
 * @param positions of a list, of which a batch has `batchLists` @param isReference trained on labels of all documents, until the loss settles
 */
export function trainingSeconds(
  method: string,
  ranker: { readonly name: string } & Readonly<Record<string, unknown>>,
  size: TrainingSize,
  { steps, batchLists, patience }: TrainingLimits,
  positions: number,
  isReference = false,
): number | null {
  if (!Object.hasOwn(rankerCosts, ranker.name)) return null;
  const { step, usualSteps } = rankerCosts[ranker.name];
  if (isReference) return Math.min(10 * steps, usualSteps.reference) * (step(ranker, size) + usualPlace * size.documents);
  const usual = Object.hasOwn(methodSteps, method) ? methodSteps[method] : usualSteps.learner;
  const places = batchLists === 'all' ? size.places : Math.min(size.places, batchLists * positions);
  const seen = { ...size, documents: Math.min(size.documents, places) };
  const perPlace = Object.hasOwn(placeCosts, method) ? placeCosts[method] : usualPlace;
  return (patience === null ? steps : Math.min(steps, usual)) * (step(ranker, seen) + perPlace * places);
}

/** Seconds of fitting a click model: places of rows that differ, through some hundred iterations of 10⁸ places a second. */
export const clickModelSeconds = (rows: number, positions: number): number => 1e-6 * rows * positions;
