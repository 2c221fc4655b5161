import { byRank } from '../../../estimators/bias/bias-estimator.ts';
import type { LearningInput } from '../../../estimators/estimator.ts';
import type { Weighting } from '../../../estimators/weightings/index.ts';
import { weightings } from '../../../estimators/weightings/index.ts';
import { piecesOfLog } from '../../../src/data/log-pieces.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { createRng } from '../../../src/random/rng.ts';
import { exactLog, examination } from '../world.ts';

const log = exactLog(50);
const querySet = {
  ...{ queryIds: ['a', 'b'], docIds: ['1', '2', '3', '1', '2', '3'], offsets: Uint32Array.of(0, 3, 6) },
  ...{ features: new Float32Array(6), featureCount: 1, labels: new Float32Array(6) },
};
const train = { querySet, log, knownBias: null };
const pieces = piecesOfLog(log, createRng('p'), 1); // a list each
const input = { train, pieces, heldOut: null } as unknown as LearningInput;
const affine = { kind: 'affine' as const, alpha: examination.map((theta) => theta / 2), beta: examination.map((theta) => theta / 8) };

const byName = Object.entries(weightings).filter(([name]) =>
  ['naive', 'ips', 'clipped-ips', 'self-normalised-ips', 'affine', 'propensity-ratio'].includes(name),
);

test.each(byName)('%s weighs a list by itself as it does in the whole log, pairs too', (_, entry) => {
  const bias = { ...byRank(examination, 'given'), affine };
  const weighting = (entry.create as (options: never) => Weighting)(decodeOptions('weighting', entry.options, {}) as never);
  const { train: whole, listsOf } = weighting(input, bias);
  expect(listsOf).toBeDefined();
  expect(pieces.pieces).toBe(2);
  for (let p = 0; p < 2; p++) {
    const piece = pieces.read(p);
    const [l] = piece.queries; // the list of query l is the l-th
    const own = listsOf?.({ ...train, log: piece });
    expect(Array.from(own?.weights ?? [])).toEqual(Array.from(whole.weights.subarray(3 * l, 3 * l + 3)));
    expect(own?.sessions[0]).toBe(whole.sessions[l]);
    expect(own?.pairs?.weights).toEqual(whole.pairs?.weights.slice(9 * l, 9 * l + 9));
  }
});

test.each(['policy-aware-ips', 'inverse-logging-propensity'] as const)('%s goes by the whole log, and does not offer it', (name) => {
  const entry = weightings[name];
  const weighting = (entry.create as (options: never) => Weighting)(decodeOptions('weighting', entry.options, {}) as never);
  expect(weighting(input, byRank(examination, 'given')).listsOf).toBeUndefined();
});
