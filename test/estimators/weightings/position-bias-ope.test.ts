import { readFileSync } from 'node:fs';
import {
  affineGain,
  directMethodGain,
  doublyRobustGain,
  interventionAwareGain,
  ipsGain,
  naiveGain,
  policyAwareAffineGain,
  policyAwareIpsGain,
} from '../../../estimators/index.ts';
import type { ClickLog } from '../../../src/data/click-log.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';
import { sharedData, testWithData } from '../../src/metrics/read-trec.ts';
import { candidates, concat, documents, exactLog, expectedOf, plackettLuce } from './two-policies.ts';

interface Golden {
  readonly alpha: number[];
  readonly beta: number[];
  readonly theta: number[];
  readonly relevance: number[];
  readonly loggingScores: number[];
  readonly regression: number[];
  readonly metricWeightDcg: number[];
  readonly estimators: Readonly<
    Record<
      string,
      {
        readonly expected: number[];
        readonly variancePerSession: number[];
        readonly utility: number;
        readonly utilityVariance: number;
      }
    >
  >;
  readonly interventionAware: {
    readonly secondScores: number[];
    readonly sessions: number[];
    readonly expectation: number[];
    readonly perSessionVarianceOblivious: number[];
    readonly perSessionVarianceAware: number[];
  };
}

const n = 1e8; // sessions, so that n and n − 1 are one
const variance = ({ standardError }: Estimate) => standardError ** 2 * n;

testWithData('every estimator has the mean and the variance per session that enumeration gives', () => {
  const golden: Golden = JSON.parse(readFileSync(sharedData('online-and-off-policy/position-bias-ope.json'), 'utf8'));
  const [alpha, beta, theta, regression] = [golden.alpha, golden.beta, golden.theta, golden.regression].map((of) => Float64Array.from(of));
  const affine = { kind: 'affine', alpha, beta } as const;
  const examination = { kind: 'examination', examination: theta } as const;
  const lists = plackettLuce(golden.loggingScores);
  const log = exactLog([{ lists, sessions: n }], affine, golden.relevance);
  const policy = { alpha: expectedOf(lists, alpha), beta: expectedOf(lists, beta) };
  const positions = { alpha: expectedOf(lists, theta), beta: new Float64Array(documents.length) };
  const shown = (gains: Float64Array) => Float64Array.from(log.docs, (d) => gains[d]);
  const estimators: Record<string, (gains: Float64Array) => Estimate> = {
    'naive click share': (gains) => naiveGain(log, shown(gains)),
    'ips theta': (gains) => ipsGain(log, shown(gains), examination),
    'affine by rank': (gains) => affineGain(log, shown(gains), affine),
    'policy-aware ips': (gains) => policyAwareIpsGain(log, candidates, gains, examination, { policy: positions }),
    'policy-aware affine': (gains) => policyAwareAffineGain(log, candidates, gains, affine, { policy, subtract: 'expected' }),
    'policy-aware affine, beta of the rank': (gains) => policyAwareAffineGain(log, candidates, gains, affine, { policy }),
    dm: (gains) => directMethodGain(log, candidates, gains, regression),
    dr: (gains) => doublyRobustGain(log, candidates, gains, affine, regression, { policy }),
    'dr clipped .35': (gains) => doublyRobustGain(log, candidates, gains, affine, regression, { policy, clip: 0.35 }),
  };
  expect(Object.keys(estimators)).toEqual(Object.keys(golden.estimators));
  for (const [name, estimate] of Object.entries(estimators)) {
    const { expected, variancePerSession, utility, utilityVariance } = golden.estimators[name];
    for (const d of documents) {
      const own = estimate(Float64Array.from(documents, (other) => Number(other === d)));
      expect(own.value).toBeCloseTo(expected[d], 10);
      expect(variance(own)).toBeCloseTo(variancePerSession[d], 6);
    }
    const all = estimate(Float64Array.from(golden.metricWeightDcg));
    expect(all.value).toBeCloseTo(utility, 10);
    expect(variance(all)).toBeCloseTo(utilityVariance, 6);
  }
});

testWithData('intervention-aware has less variance than each-its-own-policy, both are unbiased', () => {
  const golden: Golden = JSON.parse(readFileSync(sharedData('online-and-off-policy/position-bias-ope.json'), 'utf8'));
  const { secondScores, sessions, expectation, perSessionVarianceOblivious, perSessionVarianceAware } = golden.interventionAware;
  const [alpha, beta] = [golden.alpha, golden.beta].map((of) => Float64Array.from(of));
  const affine = { kind: 'affine', alpha, beta } as const;
  const policies = [golden.loggingScores, secondScores].map(plackettLuce);
  const shares = sessions.map((count) => count / (sessions[0] + sessions[1]));
  const both = exactLog(
    policies.map((lists, p) => ({ lists, sessions: n * shares[p] })),
    affine,
    golden.relevance,
  );
  const own = policies.map((lists) => ({ alpha: expectedOf(lists, alpha), beta: expectedOf(lists, beta) }));
  const mixed = (of: 'alpha' | 'beta') => Float64Array.from(documents, (d) => shares[0] * own[0][of][d] + shares[1] * own[1][of][d]);
  const all = { alpha: mixed('alpha'), beta: mixed('beta') };
  // the variances are within the policies, whose sessions are fixed: those of the terms on the log of each
  const apart: readonly ClickLog[] = policies.map((lists) => exactLog([{ lists, sessions: n }], affine, golden.relevance));
  const within = (estimate: (log: ClickLog, p: number) => Estimate) =>
    apart.reduce((sum, log, p) => sum + shares[p] * variance(estimate(log, p)), 0);
  for (const d of documents) {
    const gains = Float64Array.from(documents, (other) => Number(other === d));
    for (const subtract of ['rank', 'expected'] as const) {
      const oblivious = policyAwareAffineGain(both, candidates, gains, affine, { policy: concat(...own), subtract });
      const aware = interventionAwareGain(both, candidates, gains, affine, { policy: all, subtract });
      expect(oblivious.value).toBeCloseTo(expectation[d], 10);
      expect(aware.value).toBeCloseTo(expectation[d], 10);
    }
    const subtract = 'expected';
    const oblivious = within((log, p) => policyAwareAffineGain(log, candidates, gains, affine, { policy: own[p], subtract }));
    const aware = within((log) => interventionAwareGain(log, candidates, gains, affine, { policy: all, subtract }));
    expect(oblivious).toBeCloseTo(perSessionVarianceOblivious[d], 6);
    expect(aware).toBeCloseTo(perSessionVarianceAware[d], 6);
    expect(aware).toBeLessThan(1.001 * oblivious);
  }
});
