import { clickModelViews } from '../../../../experiments/tasks/click-models/click-model-views.ts';
import { parametersPicture } from '../../../../experiments/tasks/click-models/parameters-picture.ts';
import { propensitiesPicture } from '../../../../experiments/tasks/ranking/propensities-picture.ts';

const parameter = (place: number, value: number, lower: number | null, upper: number | null, truth: number | null = null) => ({
  ...{ parameter: 'continuation', place, value, lower, upper, true: truth },
});

/** All data of a picture, of whatever layer. */
const dataOf = (picture: { readonly spec: unknown } | null) => {
  const { layer = [], data } = (picture?.spec ?? {}) as { layer?: { data?: { values: object[] } }[]; data?: { values: object[] } };
  return [...(data?.values ?? []), ...layer.flatMap((one) => one.data?.values ?? [])];
};

test('parameters are drawn with the outermost ends of their intervals over seeds, and what is true', () => {
  const picture = parametersPicture('dcm', [
    { seed: '1', rows: [parameter(1, 0.4, 0.3, 0.5, 0.5), parameter(2, 0.8, null, null)] },
    { seed: '2', rows: [parameter(1, 0.6, 0.35, 0.7, 0.5)] },
  ]);
  expect(dataOf(picture)).toContainEqual({ parameter: 'continuation', place: 1, mean: 0.5, truth: 0.5, lower: 0.3, upper: 0.7 });
  expect(picture?.alt).toBe('Parameters of dcm: continuation 0.500 (true 0.500), 0.800');
  expect(parametersPicture('none', [{ seed: '1', rows: [] }])).toBeNull();
});

test('the band of examination is that of its intervals, where there are some', () => {
  const rows = [
    { rank: 1, estimated: 1, lower: 1, upper: 1, true: null, source: 'learnt' },
    { rank: 2, estimated: 0.5, lower: 0.4, upper: 0.6, true: null, source: 'learnt' },
  ];
  expect(dataOf(propensitiesPicture('pbm', [{ seed: '1', rows }]))).toContainEqual(
    expect.objectContaining({ rank: 2, mean: 0.5, lower: 0.4, upper: 0.6 }),
  );
});

test('perplexity by rank is drawn with its intervals', () => {
  const view = clickModelViews.find(({ title }) => title === 'Perplexity by rank');
  const row = { rank: 1, sessions: 9, marginal: 1.5, marginal_lower: 1.4, marginal_upper: 1.6, conditional: 1.3, true: null };
  const rows = [{ ...row, conditional_lower: 1.2, conditional_upper: 1.4 }];
  const picture = view?.kind === 'figure' ? view.draw('pbm', [{ seed: '1', rows }] as never) : null;
  const bands = dataOf(picture).map((one) => one as { name: string; lower: number; upper: number });
  expect(bands).toContainEqual({ name: 'P(click)', at: 1, value: 1.5, lower: 1.4, upper: 1.6 });
  expect(bands).toContainEqual({ name: 'P(click | clicks above)', at: 1, value: 1.3, lower: 1.2, upper: 1.4 });
});

test('parameters that are one number each stand by their names; those of tables by their places, told apart by shapes', () => {
  const row = (parameter: string, place: number) => ({ parameter, place, value: 0.5, lower: null, upper: null, true: null });
  const picture = (rows: ReturnType<typeof row>[]) => JSON.stringify(parametersPicture('ccm', [{ seed: '1', rows }])?.spec);
  const single = picture([row('afterSkip', 1), row('afterClick', 1)]);
  expect(single).toContain('"domain":[0,1]');
  expect(single).not.toContain('place in its table');
  expect(picture([row('afterSkip', 1), row('afterSkip', 2), row('afterClick', 1)])).toContain('"range":["circle","square"]');
});
