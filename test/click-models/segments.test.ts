import { eventTables } from '../../click-models/fit/event-tables.ts';
import { segmentsOf } from '../../click-models/fit/segments.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { exampleModels } from './example-models.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

test.each(exampleModels)('$title: stretches between clicks have its likelihood and its expected draws, or there are none', ({ model }) => {
  const { fit } = simulatedLog(model, { sessions: 1_000_000, positions: 6 });
  const { log } = fit;
  const whole = eventTables(model, fit);
  const segments = segmentsOf(model.definition, whole.rows, log.count);
  if (['dynamic-bayesian', 'click-chain', 'user-browsing'].includes(model.name)) expect(segments).not.toBeNull();
  if (model.name === 'mixture') expect(segments).toBeNull();
  if (segments === null) return;
  expect(segments.rows.clicks.length).toBeLessThan(log.clicks.length / 2);
  const logLikelihood = whole.countEvents(whole.rows, log.count, 0, log.count.length);
  const bySegment = eventTables(model, fit);
  expect(bySegment.countEvents(segments.rows, segments.count, 0, segments.count.length) / logLikelihood).toBeCloseTo(1, 12);
  for (const name of whole.free)
    bySegment.counts[name].forEach((count, i) => {
      expect(Math.abs(count - whole.counts[name][i])).toBeLessThan(1e-9 * (1 + whole.counts[name][i]));
    });
});

test('a stretch for each place that it begins and ends at, with the sessions of all rows that have it', () => {
  const { definition } = modelOf('dynamic-bayesian', 3);
  const builder = new ClickLogBuilder();
  const list = builder.addList(0, [0, 1, 2]);
  for (
    let pass = 0;
    pass < 2;
    pass++ // rows that are alike
  )
    for (const [clicks, sessions] of [
      [[0, 0, 0], 1],
      [[1, 0, 0], 2],
      [[1, 0, 1], 4],
      [[0, 0, 1], 8],
      [[1, 1, 1], 16],
      [[0, 1, 0], 32],
      [[1, 1, 0], 64],
      [[0, 1, 1], 128],
    ] as const)
      builder.addRow(list, clicks, sessions);
  const log = builder.build();
  const { rows, count } = segmentsOf(definition, { ...log, contexts: null }, log.count) as NonNullable<ReturnType<typeof segmentsOf>>;
  const found = Array.from(count, (sessions, s) => {
    const clicks = [...rows.clicks.subarray(rows.clickOffsets[s], rows.clickOffsets[s + 1])].join('');
    return [(rows.after as Int32Array)[s] + 2, clicks, sessions / 2];
  });
  expect(found).toEqual([
    [1, '1', 2 + 4 + 16 + 64],
    [1, '01', 32 + 128],
    [1, '001', 8],
    [1, '000', 1],
    [2, '1', 16 + 64],
    [2, '01', 4],
    [2, '00', 2],
    [3, '1', 16 + 128],
    [3, '0', 32 + 64],
  ]);
});
