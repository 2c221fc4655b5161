import { createRng } from '../../../src/random/rng.ts';
import { gradedSession, letterSession, score } from './letter-sessions.ts';

const discount = (place: number) => 1 / Math.log2(place + 1);

test('two lists of two, every path written out', () => {
  const session = gradedSession('a0 b2 | c1 d0');
  const ideal = (length: number) => 3 + (length > 1 ? discount(2) : 0);
  const [down, reform] = [0.6, 0.8];
  const paths: [number, number, number][] = [
    // probability, DCG, length
    [(1 - down) * (1 - reform), 0, 1],
    [down * (1 - reform), 3 * discount(2), 2],
    [(1 - down) * reform * (1 - down), discount(2), 2],
    [(1 - down) * reform * down, discount(2), 3],
    [down * reform * (1 - down), 3 * discount(2) + discount(3), 3],
    [down * reform * down, 3 * discount(2) + discount(3), 4],
  ];
  expect(paths.reduce((sum, [p]) => sum + p, 0)).toBeCloseTo(1, 14);
  const expected = paths.reduce((sum, [p, dcg, length]) => sum + (p * dcg) / ideal(length), 0);
  expect(score('esNDCG(down=0.6,reformulate=0.8)', session)).toBeCloseTo(expected, 14);
});

test('is the mean over sampled paths, as Jiang & Allan estimate it', () => {
  const lists = ['a0 b2 c0 d1', 'e1', 'b2 f0 g3 h0 i1'];
  const session = gradedSession(lists.join('|'));
  const judged = [3, 2, 1, 1, 1];
  const dcg = (labels: number[]) => labels.reduce((sum, label, i) => sum + (2 ** label - 1) * discount(i + 1), 0);
  const rng = createRng('esndcg-paths');
  const samples = 100_000;
  let [sum, squares] = [0, 0];
  for (let s = 0; s < samples; s++) {
    const path: number[] = [];
    for (const { results } of session.queries) {
      for (const { grade } of results) {
        path.push(grade as number);
        if (rng.next() >= 0.7) break;
      }
      if (rng.next() >= 0.9) break;
    }
    const ratio = dcg(path) / dcg(judged.slice(0, path.length));
    sum += ratio;
    squares += ratio * ratio;
  }
  const mean = sum / samples;
  const error = Math.sqrt((squares / samples - mean ** 2) / samples);
  expect(Math.abs(score('esNDCG', session) - mean)).toBeLessThan(4 * error);
});

test('of one list looked through to its end it is nDCG', () => {
  const session = gradedSession('a1 b0 c2', { judged: [3, 2, 1] });
  const ndcg = (1 + 3 * discount(3)) / (7 + 3 * discount(2) + discount(3));
  expect(score('esNDCG(down=1)', session)).toBeCloseTo(ndcg, 14);
  expect(score('esNDCG(down=1,k=1)', session)).toBeCloseTo(1 / 7, 14);
  expect(score('esNDCG(down=1,pathDiscount=false)', session)).toBeCloseTo(4 / 11, 14);
  expect(score('esNDCG(down=1,ideal=session)', session)).toBeCloseTo((1 + 3 * discount(3)) / (3 + discount(2)), 14);
});

test('a repeat counts again, or not', () => {
  const session = gradedSession('a1 | a1');
  expect(score('esNDCG(reformulate=1)', session)).toBeCloseTo(1 + discount(2), 14);
  expect(score('esNDCG(reformulate=1,repeats=ignore)', session)).toBeCloseTo(1, 14);
});

test('queries without results are passed; nothing relevant, or nothing at all, is undefined', () => {
  const [withEmpty, without] = [{ id: 'e', queries: [{ results: [] }, ...gradedSession('a1 b0').queries] }, gradedSession('a1 b0')];
  expect(score('esNDCG(reformulate=1)', withEmpty)).toBeCloseTo(score('esNDCG', without), 14);
  expect(score('esNDCG', letterSession('ab'))).toBeNaN();
  expect(score('esNDCG', { id: 'none', queries: [{ results: [] }], judged: [1] })).toBeNaN();
});
