import type { QuerySet } from '../data/query-set.ts';

/** Value of a loss at the scores of a batch; writes ∂loss/∂score into `gradient` and, where given, ∂²loss/∂score² into `curvature` (same length, overwritten). */
export type ScoreLoss = (scores: Float32Array, gradient: Float32Array, curvature?: Float32Array) => number;

/** Lists of documents whose features are there once each: see `ListBatch`. */
export interface ShownLists {
  readonly features: Float32Array;
  readonly rows: Uint32Array;
  readonly offsets: Uint32Array;
  readonly sessions: Float64Array;
}

/** How a model that grows is trained, in place of an optimiser. */
export interface Boosting {
  readonly learningRate: number;
  /** One round along a loss of the scores of all documents shown, a mean over sessions, in which the rules of growth are told. @returns the loss before it */
  round(lists: ShownLists, loss: ScoreLoss): number;
  /** As `score`, of features that are scored again and again: only what was added since is computed. */
  keptScore(features: Float32Array): Float32Array;
}

/**
 * A model that scores documents from their features. Its parameters are one flat array that an optimiser updates in place,
 * whatever computes the products: plain typed arrays (linear) or tensors (MLP); of one that grows, how much of it counts.
 */
export interface Scorer {
  readonly name: string;
  readonly featureCount: number; // F
  readonly parameters: Float32Array;
  /** Whether a score depends on the other documents of its query: then rows are all candidates of whole queries, and `offsets` are asked for. */
  readonly listAware?: boolean;
  /** Whether features may be missing (NaN); of others they are filled before. */
  readonly knowsMissing?: boolean;
  /**
   * @param features length rows · F, row by row @param offsets of queries in the rows, as in a `QuerySet`; who scores documents one by one needs none
   * @param numbers of the ids of the rows, for who has `numbers`
   * @returns length rows
   */
  score(features: Float32Array, offsets?: Uint32Array, numbers?: Int32Array): Float32Array;
  /** One forward pass, the loss, one backward pass: writes ∂loss/∂parameter into `gradient` (length of `parameters`, overwritten). @returns the loss */
  lossGradient(features: Float32Array, loss: ScoreLoss, gradient: Float32Array, offsets?: Uint32Array, numbers?: Int32Array): number;
  /** Of one that knows documents by their ids: the number by which it knows each document of a set, length D; −1: not at all. */
  readonly numbers?: (set: Pick<QuerySet, 'queryIds' | 'docIds' | 'offsets'>) => Int32Array;
  /** Of parameters of which a batch meets few: which of them the last `lossGradient` met, each once; its gradient by all others is 0. */
  readonly met?: () => Uint32Array;
  /** Called once when training is over: what is to be said then of documents that it did not show. */
  readonly settle?: () => void;
  readonly boosting?: Boosting; // of a model that grows; then `lossGradient` throws
  /** What builds the same architecture again: stored beside the parameters when a model is saved. */
  readonly architecture: ScorerArchitecture;
  /** Frees tensor memory, if any. */
  dispose(): void;
}

export type Activation = 'elu' | 'relu' | 'tanh';
/** Counterrank's own scorers: dense layers, which TensorFlow.js reads too. */
export type DenseArchitecture =
  | { readonly name: 'linear'; readonly featureCount: number }
  | {
      readonly name: 'mlp';
      readonly featureCount: number;
      readonly hidden: readonly number[];
      readonly activation: Activation;
      readonly layerNorm?: true; // of the hidden layers
    };
/** Self-attention among the documents of a query. */
export interface TransformerArchitecture {
  readonly name: 'transformer';
  readonly featureCount: number;
  readonly layers: number;
  readonly heads: number;
  readonly width: number; //       of what goes from layer to layer, of each document
  readonly feedForward: number; // units of the layer that follows attention
  readonly activation: Activation;
}
/** Ids of documents in a table, beside features or alone. */
export interface EmbeddingArchitecture {
  readonly name: 'embedding';
  readonly featureCount: number; // may be 0
  readonly of: 'document' | 'query-document';
  readonly table: 'own' | 'hash' | 'quotient-remainder';
  readonly ids: number; //                that were learnt from
  readonly shared: number; //             m, rows that ids share; of own ones, as many as ids
  readonly hashing: readonly number[]; // of hash: four coefficients
  readonly dimension: number;
  readonly hidden: readonly number[]; //  none: the number of an id is added to a weighted sum of the features
  readonly activation: Activation;
}
/** A plugin's: what its entry is called among the rankers, and the options that `create` was given. */
export interface CustomArchitecture {
  readonly name: 'custom';
  readonly ranker: string;
  readonly featureCount: number;
  readonly options: Readonly<Record<string, unknown>>; // JSON values
}
/** An ensemble of trees. */
export interface TreesArchitecture {
  readonly name: 'gradient-boosted-trees';
  readonly featureCount: number;
}
/** A scorer of dense layers. */
export interface DenseScorer extends Scorer {
  readonly architecture: DenseArchitecture;
}

export type ScorerArchitecture =
  | DenseArchitecture
  | TransformerArchitecture
  | TreesArchitecture
  | EmbeddingArchitecture
  | CustomArchitecture;
