import fc from 'fast-check';
import type { SearchSession } from '../../../src/data/search-session.ts';
import { parseSessionMetric } from '../../../src/session-metrics/index.ts';
import {
  ct,
  esndcg,
  eu,
  type NaiveNum,
  naiveNum,
  nsdcgJarvelin,
  nsdcgKanoulas,
  sdcgJarvelin,
  sdcgKanoulas,
  srbp,
  tbg,
  timeU,
  utility,
} from './naive-metrics.ts';

const H = 4;
const usual: NaiveNum = { L: 132_000, s: 200, F: 0.2, length: 10_000, C: 1000, H, abandonDepth: 10, enhance: true };
const other = { L: 9000, s: 100, F: 0.4, length: 3000, C: 500, abandonDepth: 2 };
const written = 'L=9000,s=100,F=0.4,documentLength=3000,C=500,abandonDepth=2';

const naive: Record<string, (session: SearchSession) => number> = {
  NUM: (one) => naiveNum(one, usual),
  [`NUM(${written})`]: (one) => naiveNum(one, { ...usual, ...other }),
  [`NUM(${written},clickEnhancement=false)`]: (one) => naiveNum(one, { ...usual, ...other, enhance: false }),
  'NUM(reformulationPenalty=false)': (one) => naiveNum(one, { ...usual, C: 0 }),
  'NUM(normalise=false)': (one) => utility(one, usual),
  'U-measure': (one) => utility(one, { ...usual, C: 0, enhance: false }),
  'U-measure(L=9000)': (one) => utility(one, { ...usual, L: 9000, C: 0, enhance: false }),
  'time-U-measure': (one) => timeU(one, H),
  TBG: tbg,
  sDCG: (one) => sdcgJarvelin(one),
  'sDCG(convention=kanoulas,b=3,bq=2,k=3)': (one) => sdcgKanoulas(one, 3, 2, 3),
  nsDCG: nsdcgKanoulas,
  'nsDCG(convention=jarvelin,k=5)': nsdcgJarvelin,
  'sDCG/q': (one) => sdcgKanoulas(one) / one.queries.length,
  esNDCG: (one) => esndcg(one, 0.7, 0.9),
  'esNDCG(down=0.2,reformulate=0.4)': (one) => esndcg(one, 0.2, 0.4),
  sRBP: (one) => srbp(one, 0.86, 0.64, H),
  'sRBP(p=0.9,b=0.75)': (one) => srbp(one, 0.9, 0.75, H),
  'RS-DCG(lambda=0.5)': (one) => sdcgJarvelin(one, 2, 4, 0.5),
  'RS-RBP': (one) => srbp(one, 0.86, 0.64, H, 0.1),
  EU: eu,
  CT: ct,
};

/** Documents come back in a list, in later lists, and with other labels; grades may be missing; lists may be empty. */
const result = fc.record(
  { id: fc.constantFrom(...'abcdefgh'), clicked: fc.boolean(), grade: fc.constantFrom(0, 0, 1, 2, 4) },
  { requiredKeys: ['id', 'clicked'] },
);
const session: fc.Arbitrary<SearchSession> = fc.record(
  {
    id: fc.constant('s'),
    queries: fc.array(fc.record({ results: fc.array(result, { maxLength: 5 }) }), { minLength: 1, maxLength: 4 }),
    judged: fc.array(fc.integer({ min: 0, max: H }), { maxLength: 8 }),
  },
  { requiredKeys: ['id', 'queries'] },
);

test.each(Object.keys(naive))('%s is what its formula says, added up naively', (name) => {
  const { compute } = parseSessionMetric(name, { highestGrade: H });
  fc.assert(
    fc.property(session, (one) => {
      const [fast, slow] = [compute([one])[0], naive[name](one)];
      if (Number.isNaN(slow)) expect(fast).toBeNaN();
      else expect(Math.abs(fast - slow)).toBeLessThan(1e-12 * Math.max(1, Math.abs(slow)));
    }),
    { numRuns: 150 },
  );
});
