import { affineDigest, affineFigure, affineListing } from '../../../../experiments/tasks/bias/bias-tables.ts';

const row = (rank: number, alpha: number, beta: number, truth: readonly [number, number] | null) => ({
  ...{ rank, alpha, beta, source: 'learnt' as const },
  ...{ alpha_lower: alpha - 0.1, alpha_upper: alpha + 0.1, beta_lower: beta, beta_upper: beta },
  ...{ true_alpha: truth?.[0] ?? null, true_beta: truth?.[1] ?? null },
});
const seriesOf = (...truths: readonly (readonly [number, number] | null)[]) => [
  { run: 'run', seed: '1', rows: truths.map((truth, k) => row(k + 1, 0.5, 0.2, truth)) },
];

test('of α and β, how many intervals hold the truth; nothing of a recorded log', () => {
  // α at both ranks, β at the second
  expect(affineDigest.cell(seriesOf([0.45, 0.3], [0.55, 0.2]) as never)).toBe('3 of 4');
  expect(affineDigest.cell(seriesOf(null, null) as never)).toBe('');
});

test('drawn with the truth where there is one, and as numbers', () => {
  expect(affineFigure.draw('trust-bias', seriesOf([0.45, 0.3], [0.55, 0.2]) as never)?.alt).toMatch(/α.*β.*α, true.*β, true/);
  expect(affineFigure.draw('trust-bias', seriesOf(null, null) as never)?.alt).not.toContain('true');
  expect(affineFigure.draw('all-pairs', [{ run: 'run', seed: '1', rows: [] }] as never)).toBeNull();
  expect(affineListing.cells(row(2, 0.5, 0.2, null) as never)).toEqual(['2', '0.500', '0.400–0.600', '0.200', '0.200–0.200']);
});
