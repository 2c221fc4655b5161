import { cellsOf } from '../../click-models/fit/cells.ts';
import { eventTables } from '../../click-models/fit/event-tables.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { exampleModels } from './example-models.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

/** Models in which nothing above decides on a click. */
const ofCells = [
  'global-ctr',
  'rank-ctr',
  'document-ctr',
  'document-rank-ctr',
  'position-based',
  'trust-bias',
  'contextual-position-based',
];

test.each(exampleModels)('$title: cells of a log have its likelihood and its expected draws, or there are none', ({ model }) => {
  const { fit } = simulatedLog(model, { sessions: 20_000, positions: 6 });
  const { log, contexts = null } = fit;
  const cells = cellsOf(model.definition, log, fit.documents, 6, contexts, log.count);
  if (ofCells.includes(model.name)) expect(cells).not.toBeNull();
  if (['cascade', 'user-browsing', 'dependent-click', 'mixture', 'random-click'].includes(model.name)) expect(cells).toBeNull();
  if (cells === null) return;
  const whole = eventTables(model, fit);
  const logLikelihood = whole.countEvents(whole.rows, log.count, 0, log.count.length);
  const byCell = eventTables(model, fit);
  expect(byCell.countEvents(cells.rows, cells.count, 0, cells.count.length) / logLikelihood).toBeCloseTo(1, 12);
  for (const name of whole.free)
    byCell.counts[name].forEach((count, i) => {
      expect(count).toBeCloseTo(whole.counts[name][i], 6);
    });
});

test('two rows for each document, context and rank that were shown; none where the rows of the log are fewer', () => {
  const { definition } = modelOf('position-based', 2);
  const builder = new ClickLogBuilder();
  for (let pass = 0; pass < 3; pass++)
    for (const [list, clicks] of [
      [
        [0, 1],
        [1, 0],
      ],
      [
        [1, 0],
        [0, 0],
      ],
      [[0], [1]],
    ])
      builder.addRow(builder.addList(0, list), clicks, 2);
  const log = builder.build();
  const cells = (contexts: Uint32Array | null) => cellsOf(definition, log, 2, 2, contexts, log.count);
  expect(cells(null)?.count).toEqual(Float64Array.of(12, 0, 0, 6, 0, 6, 0, 6)); // document 0 at rank 1, at rank 2, document 1 likewise
  expect(cells(null)?.rows.ranks).toEqual(Uint32Array.of(0, 1, 0, 1));
  expect(cells(null)?.rows.docs).toEqual(Uint32Array.of(0, 0, 1, 1));
  const apart = log.queries.map((_, l) => (log.offsets[l + 1] - log.offsets[l] === 1 ? 1 : 0));
  expect(cells(apart)?.count).toEqual(Float64Array.of(6, 0, 0, 6, 6, 0, 0, 6, 0, 6));
  expect(cells(apart)?.rows.contexts).toEqual(Uint32Array.of(0, 0, 1, 0, 0));
  const once = { ...log, list: log.list.slice(0, 2), clickOffsets: log.clickOffsets.slice(0, 3), clicks: log.clicks.slice(0, 4) };
  expect(cellsOf(definition, once, 2, 2, null, log.count.slice(0, 2))).toBeNull();
});
