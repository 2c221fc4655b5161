import type { Row } from '../../../../experiments/tables/table.ts';
import { comparedCurves, contextFigure } from '../../../../experiments/tasks/bias/compared-curves.ts';

const seed = (number: number, rows: readonly object[]) => ({ seed: String(number), rows: rows as readonly Row[] });
const examined = (values: readonly number[], truth: readonly number[] | null) =>
  values.map((estimated, k) => ({ rank: k + 1, estimated, lower: null, upper: null, true: truth?.[k] ?? null, source: 'learnt' }));
const method = (title: string, tables: Readonly<Record<string, ReturnType<typeof seed>[]>>) => ({
  title,
  seriesOf: (table: string) => tables[table] ?? [],
});

test('all estimators in one picture, a mean over seeds, what is true once', () => {
  const picture = comparedCurves.draw('', [
    method('one', { bias: [seed(1, examined([1, 0.4], [1, 0.5])), seed(2, examined([1, 0.6], [1, 0.5]))] }),
    method('other', { bias: [seed(1, examined([1, 0.25], [1, 0.5]))] }),
    method('nothing', { bias: [seed(1, [])] }),
  ]);
  expect(picture?.alt).toMatch(/one 1: 1\.00, 2: 0\.500; other 1: 1\.00, 2: 0\.250; true 1: 1\.00, 2: 0\.500$/);
});

test('of trust bias α over that of rank 1; of a recorded log no truth; nothing of nothing', () => {
  const affine = [0.8, 0.2].map((alpha, k) => ({ rank: k + 1, alpha, beta: 0.1, true_alpha: null, true_beta: null, source: 'learnt' }));
  const picture = comparedCurves.draw('', [method('trust', { bias: [seed(1, [])], 'affine-bias': [seed(1, affine)] })]);
  expect(picture?.alt).toMatch(/trust: α 1: 1\.00, 2: 0\.250$/);
  expect(comparedCurves.draw('', [method('nothing', {})])).toBeNull();
});

test('a curve for every context, with what is true there', () => {
  const rows = ['phone', 'desktop'].flatMap((context, c) =>
    [1, 0.5 / (c + 1)].map((estimated, k) => ({ context, rank: k + 1, estimated, lower: null, upper: null, true: k === 0 ? 1 : 0.5 })),
  );
  const picture = contextFigure.draw('all-pairs', [seed(1, rows)] as never);
  expect(picture?.alt).toMatch(/phone 1: 1\.00, 2: 0\.500; desktop 1: 1\.00, 2: 0\.250; true phone 1: 1\.00, 2: 0\.500; true desktop/);
  expect(contextFigure.draw('all-pairs', [seed(1, [])] as never)).toBeNull();
});
