import { UsageError } from '../../../src/errors.ts';
import { type EmbeddingOptions, embedding, embeddingFault, newEmbedding } from '../../../src/models/embedding.ts';
import { drawHashing, hashedRows, quotientRemainderRows, sharedRows } from '../../../src/models/id-compression.ts';
import { storedVocabulary, vocabularyOf } from '../../../src/models/id-vocabulary.ts';
import type { EmbeddingArchitecture } from '../../../src/models/scorer.ts';
import { scorers } from '../../../src/models/scorers.ts';
import { createRng } from '../../../src/random/rng.ts';
import { safeParse } from '../../../src/schema.ts';
import { idNumber } from '../../../src/score.ts';
import { openBackend } from '../../../src/tensor/backend.ts';
import { numericGradient, someFeatures, waveLoss } from './numeric-gradient.ts';

beforeAll(() => openBackend('wasm'));

const usual: EmbeddingOptions = { of: 'query-document', table: 'own', compression: 10, dimension: null, hidden: [], activation: 'tanh' };
const set = {
  queryIds: ['shoes', 'bags'],
  docIds: ['red', 'blue', 'red', 'green', 'grey'],
  offsets: Uint32Array.of(0, 2, 5),
};
const make = (options: object = {}, featureCount = 0, seed = 'a') =>
  newEmbedding({ ...usual, ...options }, featureCount, createRng(seed), set);
/** Every parameter another number. */
const moved = (options: object, featureCount: number) => {
  const scorer = make(options, featureCount);
  scorer.parameters.forEach((_, p) => {
    scorer.parameters[p] = 0.7 * Math.sin(3 * p + 1);
  });
  return scorer;
};

const tables = ['own', 'hash', 'quotient-remainder'] as const;
const shapes = tables.flatMap((table) =>
  [[], [4]].flatMap((hidden) =>
    [0, 3].map((featureCount) => ({ table, hidden, featureCount, ...(table !== 'own' && { compression: 2 }) })),
  ),
);

test.each(shapes)('gradient agrees with central differences: %j', ({ featureCount, ...options }) => {
  const scorer = moved({ ...options, ...(options.hidden.length > 0 && { dimension: 2 }) }, featureCount);
  const numbers = Int32Array.of(0, 3, -1, 1, 3, 2, 4); // one twice, one unknown
  const features = someFeatures(numbers.length * featureCount);
  const gradient = new Float32Array(scorer.parameters.length).fill(9);
  const bound = { ...scorer, score: (x: Float32Array) => scorer.score(x, undefined, numbers) };
  const expected = numericGradient(bound, features, waveLoss);
  const value = scorer.lossGradient(features, waveLoss, gradient, undefined, numbers);
  expect(value).toBeCloseTo(waveLoss(bound.score(features), new Float32Array(numbers.length)), 4);
  expected.forEach((slope, p) => {
    expect(Math.abs(gradient[p] - slope)).toBeLessThan(4e-3 * Math.max(1, Math.abs(slope)));
  });
});

test('without hidden layers the number of an id is added to the weighted sum of its features; who is unknown has those alone', () => {
  const scorer = make({}, 2);
  scorer.parameters.set([2, -1, 0.5, 10, 20, 30, 40, 50]);
  const numbers = scorer.numbers({ queryIds: ['bags', 'hats'], docIds: ['grey', 'blue', 'grey'], offsets: Uint32Array.of(0, 2, 3) });
  expect([...numbers]).toEqual([4, -1, -1]); // blue is no bag that was seen, and nobody heard of hats
  const scores = scorer.score(Float32Array.of(1, 2, 1, 2, 3, 0), undefined, numbers);
  expect([...scores]).toEqual([2 - 2 + 0.5 + 50, 2 - 2 + 0.5, 6 + 0.5]);
});

test('an id is of a document whatever the query, or of the pair', () => {
  const numbers = (of: 'document' | 'query-document') => [...make({ of }).numbers(set)];
  expect(numbers('query-document')).toEqual([0, 1, 2, 3, 4]);
  expect(numbers('document')).toEqual([0, 1, 0, 2, 3]);
  expect(make({ of: 'document' }).architecture).toMatchObject({ ids: 4, shared: 4 });
});

test('hashed ids share rows by their names alone: one that was never seen has one too', () => {
  const scorer = moved({ of: 'document', table: 'hash', compression: 2 }, 0);
  const { shared, hashing } = scorer.architecture;
  expect(shared).toBe(2);
  const [a, b, s, t] = hashing;
  const other = { queryIds: ['new'], docIds: ['unheard of'], offsets: Uint32Array.of(0, 1) };
  const n = idNumber('unheard of');
  const prime = 2147483647;
  const sign = ((s + t * n) % prime) % 2 === 0 ? 1 : -1;
  const expected = scorer.parameters[0] + sign * scorer.parameters[1 + (((a + b * n) % prime) % shared)];
  expect(scorer.score(new Float32Array(0), undefined, scorer.numbers(other))[0]).toBeCloseTo(expected, 6);
});

test('FNV-1a of the empty name and of "a", through the finaliser of MurmurHash3', () => {
  const finish = (hash: bigint) => {
    const mask = 0xffffffffn;
    let h = ((hash ^ (hash >> 16n)) * 0x85ebca6bn) & mask;
    h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & mask;
    return Number((h ^ (h >> 16n)) >> 1n);
  };
  expect(idNumber('')).toBe(finish(0x811c9dc5n));
  expect(idNumber('a')).toBe(finish(0xe40c292cn)); // published value of FNV-1a
});

test('every number has its rows: hashed ones are spread evenly with both signs, quotient and remainder tell all apart', () => {
  const m = 50;
  const { rows, row, sign } = hashedRows(m, drawHashing(createRng('rows')));
  const [counts, signs] = [new Float64Array(m), new Map<number, number>()];
  for (let n = 0; n < 100 * m; n++) {
    const number = idNumber(`id ${n}`);
    counts[row(number, 0)]++;
    signs.set(sign(number), (signs.get(sign(number)) ?? 0) + 1);
  }
  expect(rows).toBe(m);
  expect(counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0)).toBeLessThan(90); // χ² of 49 degrees of freedom: one in 3,000 is above
  expect(Math.abs((signs.get(1) as number) - 2500)).toBeLessThan(150);
  const by = quotientRemainderRows(m * m, m);
  expect(by.rows).toBe(2 * m);
  const pairs = new Set(Array.from({ length: m * m }, (_, n) => `${by.row(n, 0)} ${by.row(n, 1)}`));
  expect(pairs.size).toBe(m * m);
  for (const pair of pairs) {
    const [first, second] = pair.split(' ').map(Number);
    expect([first >= 0 && first < m, second >= m && second < 2 * m]).toEqual([true, true]);
  }
  expect([sharedRows(101, 10), sharedRows(0, 3)]).toEqual([11, 1]);
});

test('a gradient touches the rows that it met, and forgets those of the one before', () => {
  const scorer = moved({}, 1);
  const gradient = new Float32Array(scorer.parameters.length);
  const met = (...numbers: number[]) => {
    scorer.lossGradient(someFeatures(numbers.length), waveLoss, gradient, undefined, Int32Array.from(numbers));
    return [...scorer.met()];
  };
  expect(met(1, 1, 4)).toEqual([0, 1, 3, 6]); // weight and bias, then rows behind them
  expect(met(2, -1)).toEqual([0, 1, 4]);
  expect(Array.from(gradient, (slope) => slope !== 0)).toEqual([true, true, false, false, true, false, false]);
});

test('one seed gives one ranker, another seed other rows and weights', () => {
  const network = { hidden: [3], table: 'hash', compression: 2 };
  expect(make(network, 2).parameters).toEqual(make(network, 2).parameters);
  expect(make(network, 2).architecture).toEqual(make(network, 2).architecture);
  expect(make(network, 2).parameters).not.toEqual(make(network, 2, 'b').parameters);
  expect(make(network, 2).architecture.hashing).not.toEqual(make(network, 2, 'b').architecture.hashing);
});

test('a stored vocabulary numbers as the one that it was made of', () => {
  for (const kind of ['document', 'query-document'] as const) {
    const vocabulary = vocabularyOf(set, kind);
    const again = storedVocabulary(kind, JSON.parse(JSON.stringify(vocabulary.stored)));
    expect([again.count, [...again.numbers(set)]]).toEqual([vocabulary.count, [...vocabulary.numbers(set)]]);
  }
});

test('what makes no sense is refused, with the way out', () => {
  const places = { queryIds: ['a', 'b'], docIds: ['1', '2', '1'], offsets: Uint32Array.of(0, 2, 3) };
  expect(() => newEmbedding({ ...usual, of: 'document' }, 2, createRng('a'), places)).toThrow(
    /called by their places.*docid = ID.*query-document/,
  );
  expect(newEmbedding({ ...usual }, 2, createRng('a'), places).architecture.ids).toBe(3);
  expect(() => newEmbedding({ ...usual }, 2, createRng('a'), undefined)).toThrow(/by their ids, and there are none here/);
  expect(embeddingFault({ ...usual, compression: 3 })?.[0]).toBe('compression');
  expect(embeddingFault({ ...usual, dimension: 8 })?.[0]).toBe('dimension');
  expect(embeddingFault({ ...usual, dimension: 8, hidden: [4] })).toBe(null);
  expect(safeParse(scorers.embedding.options, { table: 'cuckoo' }).success).toBe(false);
  const scorer = make({}, 2);
  expect(() => scorer.score(someFeatures(4))).toThrow(UsageError);
  expect(() => scorer.score(someFeatures(4), undefined, Int32Array.of(0))).toThrow('2 rows of features for 1 documents');
});

test('an untrained row is 0, so that all ids start alike', () => {
  const scorer = make({ hidden: [4] });
  const scores = scorer.score(new Float32Array(0), undefined, Int32Array.of(0, 1, 4, -1));
  expect(new Set(scores).size).toBe(1);
  const architecture: EmbeddingArchitecture = scorer.architecture;
  expect(architecture.dimension).toBe(16);
  expect(embedding(architecture, scorer.vocabulary).parameters.length).toBe(scorer.parameters.length);
});

test.each([
  [[], 'own'],
  [[], 'quotient-remainder'],
  [[4], 'own'],
  [[4], 'quotient-remainder'],
])(
  'hidden layers %j, rows %s: once settled, who is unknown has the mean of those that were learnt, and they score as before',
  (hidden, table) => {
    const of = { hidden, table, ...(table !== 'own' && { compression: 2.5 }), ...(hidden.length > 0 && { dimension: 2 }) };
    const scorer = moved(of, 1);
    const width = scorer.architecture.dimension;
    const rows = table === 'own' ? 5 : 2 + 3;
    const start = scorer.parameters.length - rows * width;
    if (table === 'own') scorer.parameters.fill(0, start + 4 * width); // the last id was never shown
    const known = table === 'own' ? [0, 1, 2, 3] : [0, 1, 2, 3, 4];
    const score = (numbers: number[]) => [...scorer.score(new Float32Array(numbers.length).fill(0.3), undefined, Int32Array.from(numbers))];
    const before = score(known);
    const vector = (n: number, f: number) => {
      const at = (r: number) => scorer.parameters[start + r * width + f];
      return table === 'own' ? at(n) : at(n % 2) + at(2 + Math.floor(n / 2));
    };
    const mean = Array.from({ length: width }, (_, f) => known.reduce((sum, n) => sum + vector(n, f), 0) / known.length);
    const other = embedding(scorer.architecture, scorer.vocabulary); // with the mean for the vector of id 0
    other.parameters.set(scorer.parameters);
    mean.forEach((value, f) => {
      other.parameters[start + f] = table === 'own' ? value : value - other.parameters[start + 2 * width + f];
    });
    const [ofMean] = other.score(Float32Array.of(0.3), undefined, Int32Array.of(0));
    scorer.settle?.();
    score(known).forEach((value, i) => {
      expect(value).toBeCloseTo(before[i], 5);
    });
    expect(score([-1])[0]).toBeCloseTo(ofMean, 5);
    if (table === 'own') expect(score([4])).toEqual(score([-1]));
  },
);
