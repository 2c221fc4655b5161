import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { array, type Decoded, integer, modelWidth, nullable, optional, picklist, real, strictObject } from '../schema.ts';
import { parameterCount } from '../tensor/dense-network.ts';
import { layersOf, networkHead, sumHead } from './embedding-heads.ts';
import { drawHashing, type Hashing, hashedRows, type IdCompression, ownRows, quotientRemainderRows, sharedRows } from './id-compression.ts';
import { hashedVocabulary, type IdVocabulary, type NamedDocuments, vocabularyOf } from './id-vocabulary.ts';
import { initialise } from './mlp.ts';
import { rowsOf } from './rows-of.ts';
import type { EmbeddingArchitecture, Scorer } from './scorer.ts';

export const embeddingOptions = strictObject({
  of: optional(picklist(['query-document', 'document']), 'query-document'), // what an id is of
  table: optional(picklist(['own', 'hash', 'quotient-remainder']), 'own'), //  a row of each id its own, or rows that ids share
  compression: optional(real(1, 1e9), 10), //                                  ids for each shared row
  dimension: optional(nullable(integer(1, 4096)), null), //                    numbers of an id; null: 1 without hidden layers, else 16
  hidden: optional(array(modelWidth()), []), //                                sizes of hidden layers over features and embedding; none: their sum
  activation: optional(picklist(['elu', 'relu', 'tanh']), 'elu'),
});
export type EmbeddingOptions = Decoded<typeof embeddingOptions>;

const usualCompression = 10;
const usualDimension = 16;

/** What the options say together that makes no sense, by key; null where nothing does. */
export function embeddingFault({
  table,
  compression,
  dimension,
  hidden,
}: EmbeddingOptions): readonly [key: string, problem: string] | null {
  if (table === 'own' && compression !== usualCompression)
    return ['compression', 'is of ids that share rows; set table: hash or quotient-remainder, or leave it out'];
  if (hidden.length === 0 && dimension !== null && dimension !== 1)
    return [
      'dimension',
      'is of hidden layers: without, the one number of an id is added to the score; name some (hidden), or leave it out',
    ];
  return null;
}

/** A scorer that knows documents by their ids. */
export interface EmbeddingScorer extends Scorer {
  readonly numbers: IdVocabulary['numbers'];
  readonly met: () => Uint32Array;
  readonly architecture: EmbeddingArchitecture;
  readonly vocabulary: IdVocabulary;
}
export const isEmbedding = (scorer: Scorer): scorer is EmbeddingScorer => scorer.architecture.name === 'embedding';

const compressionOf = ({ table, ids, shared, hashing }: EmbeddingArchitecture): IdCompression =>
  table === 'own' ? ownRows(ids) : table === 'hash' ? hashedRows(shared, hashing as Hashing) : quotientRemainderRows(ids, shared);

/**
 * s(x, d) = w · x + b + e(d) without hidden layers, else a multilayer perceptron of (x, e(d)); x may have no feature. e(d) is a row of a table, or a sum of
 * rows that ids share: see `IdCompression`. Rows start at 0, so that an id no session shows scores like one that is unknown; once trained, `settle` puts the
 * mean of the ids that were learnt there, without a change of their scores. So a level that all scores have (of pointwise losses) is not theirs alone.
 * Parameters: those of the scoring function, then the table row by row. A gradient touches the rows of its batch alone, see `met`.
 * @throws UsageError with hidden layers and no tensor backend
 */
export function embedding(architecture: EmbeddingArchitecture, vocabulary: IdVocabulary): EmbeddingScorer {
  const { featureCount: F, dimension: width } = architecture;
  const compression = compressionOf(architecture);
  const { each, row, sign } = compression;
  const head = architecture.hidden.length === 0 ? sumHead(F) : networkHead(architecture);
  const parameters = new Float32Array(head.size + compression.rows * width);
  const [own, table] = [parameters.subarray(0, head.size), parameters.subarray(head.size)];
  let met = new Uint32Array(0); // those of the scoring function, and of rows as they are met
  let count = 0;
  const metAt = new Uint32Array(compression.rows); // the last gradient that met a row
  let gradients = 0;
  let written: Float32Array | null = null;

  const numbersOf = (features: Float32Array, numbers: Int32Array | undefined): Int32Array => {
    if (numbers === undefined)
      throw new UsageError('a ranker that knows documents by their ids is asked for documents without: give `numbers`');
    if (features.length !== numbers.length * F)
      throw new UsageError(`${rowsOf(features, F)} rows of features for ${numbers.length} documents; give every document one`);
    return numbers;
  };
  const vectorsOf = (numbers: Int32Array): Float32Array => {
    const vectors = new Float32Array(numbers.length * width);
    for (let i = 0; i < numbers.length; i++) {
      const n = numbers[i];
      if (n < 0) continue;
      for (let j = 0; j < each; j++)
        for (let f = 0, from = row(n, j) * width; f < width; f++) vectors[i * width + f] += sign(n) * table[from + f];
    }
    return vectors;
  };
  /** Rows of ids that were learnt, one of each id: with two, that by remainder. */
  const settle = (): void => {
    if (architecture.table === 'hash') return; // there every id has a row
    const first = Uint32Array.from({ length: Math.min(architecture.shared, architecture.ids) }, (_, r) => r);
    const learnt = first.filter((r) => table.subarray(r * width, (r + 1) * width).some((value) => value !== 0));
    const vectors = vectorsOf(Int32Array.from({ length: architecture.ids }, (_, n) => n));
    const mean = new Float64Array(width);
    let known = 0;
    for (let at = 0; at < vectors.length; at += width) {
      const vector = vectors.subarray(at, at + width);
      if (vector.every((value) => value === 0)) continue;
      known++;
      vector.forEach((value, f) => {
        mean[f] += value;
      });
    }
    if (known === 0) return;
    for (let f = 0; f < width; f++) mean[f] /= known;
    head.absorb(own, mean);
    for (const r of learnt) for (let f = 0; f < width; f++) table[r * width + f] -= mean[f];
  };
  const meet = (r: number): void => {
    if (metAt[r] === gradients) return;
    metAt[r] = gradients;
    for (let f = 0, at = head.size + r * width; f < width; f++) met[count++] = at + f;
  };

  return {
    name: 'embedding',
    featureCount: F,
    parameters,
    architecture,
    vocabulary,
    numbers: vocabulary.numbers,
    met: () => met.subarray(0, count),
    settle,
    score: (features, _, numbers) => head.score(own, features, vectorsOf(numbersOf(features, numbers))),
    lossGradient(features, loss, gradient, _, given) {
      const numbers = numbersOf(features, given);
      if (met.length === 0) met = Uint32Array.from(parameters.keys());
      if (gradient === written) for (let i = head.size; i < count; i++) gradient[met[i]] = 0;
      else gradient.fill(0);
      [written, count] = [gradient, head.size];
      gradients++;
      const vectors = vectorsOf(numbers);
      const slopes = new Float32Array(vectors.length);
      const value = head.lossGradient(own, features, vectors, loss, gradient.subarray(0, head.size), slopes);
      for (let i = 0; i < numbers.length; i++) {
        const n = numbers[i];
        if (n < 0) continue;
        for (let j = 0; j < each; j++) {
          const r = row(n, j);
          meet(r);
          for (let f = 0, to = head.size + r * width; f < width; f++) gradient[to + f] += sign(n) * slopes[i * width + f];
        }
      }
      return value;
    },
    dispose() {},
  };
}

/** An untrained one for the ids of a set. @throws UsageError for options that do not go together, without documents, and as {@link vocabularyOf} */
export function newEmbedding(
  options: EmbeddingOptions,
  featureCount: number,
  rng: Rng,
  documents: NamedDocuments | undefined,
): EmbeddingScorer {
  const fault = embeddingFault(options);
  if (fault !== null) throw new UsageError(`${fault[0]} ${fault[1]}`);
  if (documents === undefined)
    throw new UsageError('the ranker embedding knows documents by their ids, and there are none here; use another ranker');
  const { of, table, compression, hidden, activation } = options;
  const known = vocabularyOf(documents, of);
  const architecture: EmbeddingArchitecture = {
    ...{ name: 'embedding', featureCount, of, table, ids: known.count },
    shared: table === 'own' ? known.count : sharedRows(known.count, compression),
    hashing: table === 'hash' ? drawHashing(rng.fork('hash')) : [],
    ...{ dimension: hidden.length === 0 ? 1 : (options.dimension ?? usualDimension), hidden, activation },
  };
  const scorer = embedding(architecture, table === 'hash' ? hashedVocabulary(of, known.count) : known);
  if (hidden.length > 0) {
    const layers = layersOf(architecture);
    initialise(layers, scorer.parameters.subarray(0, parameterCount(layers)), rng);
  }
  return scorer;
}
