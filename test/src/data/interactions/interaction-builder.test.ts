import fc from 'fast-check';
import { InteractionBuilder } from '../../../../src/data/interactions/interaction-builder.ts';
import {
  checkInteractionLog,
  filterRows,
  findRow,
  firstOfPairs,
  itemClicks,
  itemRows,
  rowUsers,
} from '../../../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../../../src/errors.ts';

const build = (rows: readonly (readonly [number, number, number])[], repeated = false) => {
  const builder = new InteractionBuilder({ file: 'made', repeated });
  rows.forEach(([user, item, rating], i) => {
    builder.add({ user: `u${user}`, item: `i${item}`, rating, click: rating % 2, timestamp: i }, i + 1);
  });
  return builder.build();
};

test('rows in any order come out by user and item with all their columns, and every pair is found again', () => {
  const pair = fc.tuple(fc.nat(6), fc.nat(9), fc.nat(5));
  fc.assert(
    fc.property(fc.uniqueArray(pair, { minLength: 1, maxLength: 50, selector: ([u, i]) => 10 * u + i }), (rows) => {
      const log = build(rows);
      checkInteractionLog(log);
      const users = rowUsers(log);
      const back = [...log.items].map(
        (item, row) => `${log.userIds[users[row]]} ${log.itemIds[item]} ${log.ratings?.[row]} ${log.clicks[row]}`,
      );
      expect(back.sort()).toEqual(rows.map(([u, i, r]) => `u${u} i${i} ${r} ${r % 2}`).sort());
      for (const [u, i, r] of rows) {
        const row = findRow(log, log.userIds.indexOf(`u${u}`), log.itemIds.indexOf(`i${i}`));
        expect(log.ratings?.[row]).toBe(r);
        expect(rows[log.timestamps?.[row] as number]).toEqual([u, i, r]);
      }
      const seen = new Set(rows.map(([u, i]) => `u${u} i${i}`));
      log.userIds.forEach((user, u) => {
        log.itemIds.forEach((item, i) => {
          expect(findRow(log, u, i) >= 0).toBe(seen.has(`${user} ${item}`));
        });
      });
    }),
  );
});

test('clicks and rows per item count every row once, aligned by item also where an item has none', () => {
  const log = build([
    [0, 0, 1],
    [1, 0, 2],
    [2, 0, 3],
    [0, 1, 2],
  ]);
  expect([...itemClicks(log)]).toEqual([2, 0]);
  expect([...itemRows(log)]).toEqual([3, 1]);
});

test('filtering keeps the columns of the kept rows, and users without any', () => {
  const log = build([
    [0, 0, 1],
    [0, 1, 4],
    [1, 0, 2],
    [2, 1, 5],
  ]);
  const odd = filterRows(log, (row) => log.clicks[row] === 1);
  checkInteractionLog(odd);
  expect([...odd.offsets]).toEqual([0, 1, 1, 2]);
  expect([...(odd.ratings ?? [])]).toEqual([1, 5]);
  expect([...(odd.timestamps ?? [])]).toEqual([0, 3]);
});

test('the first of every pair is left where pairs repeat', () => {
  const log = build(
    [
      [0, 1, 3],
      [0, 1, 4],
      [0, 0, 2],
      [1, 1, 5],
      [1, 1, 5],
    ],
    true,
  );
  const single = firstOfPairs(log);
  checkInteractionLog(single);
  expect([...(single.ratings ?? [])]).toEqual([3, 2, 5]);
  expect(firstOfPairs(single)).toBe(single);
});

test('impressions may repeat a pair, ratings not', () => {
  expect([
    ...build(
      [
        [0, 0, 1],
        [0, 0, 2],
      ],
      true,
    ).items,
  ]).toEqual([0, 0]);
  expect(() =>
    build([
      [0, 0, 1],
      [1, 0, 1],
      [0, 0, 2],
    ]),
  ).toThrow('made:3: user "u0" and item "i0" were there before, in line 1');
});

test.each([
  ['an empty id', { user: '', item: 'a' }, 'an empty id'],
  ['a click of 2', { user: 'a', item: 'a', click: 2 }, 'a click must be 0 or 1, got 2'],
  ['a rating out of scale', { user: 'a', item: 'a', rating: 6 }, 'a rating must be on the scale from 1 to 5, got 6'],
  ['a rating that is none', { user: 'a', item: 'a', rating: Number.NaN }, 'a rating must be a number, got NaN'],
  ['a propensity of 0', { user: 'a', item: 'a', propensity: 0 }, 'a propensity must be in (0, 1], got 0; drop rows that could not be seen'],
  ['a conversion without a click', { user: 'a', item: 'a', click: 0, conversion: 1 }, 'a conversion without a click'],
  ['a rank of 0', { user: 'a', item: 'a', position: -1 }, 'a rank must be a whole number from 1 to 256, got 0'],
  ['a broken time', { user: 'a', item: 'a', timestamp: Number.NaN }, 'a timestamp must be a number'],
])('%s is one clear line', (_, record, message) => {
  const builder = new InteractionBuilder({ file: 'log.csv', ratingScale: [1, 5] });
  expect(() => builder.add(record, 7)).toThrow(`log.csv:7: ${message}`);
});

test.each([
  ['too few offsets', { offsets: Uint32Array.of(0, 2) }, /expected 3 offsets/],
  ['too few clicks', { clicks: Uint8Array.of(1) }, /expected 2 clicks/],
  ['an unknown item', { items: Uint32Array.of(9, 0) }, /items\[0\] is 9, but there are 2 items/],
  ['a propensity of 0', { propensities: Float64Array.of(0.5, 0) }, /propensities\[1\] must be in \(0, 1\], got 0/],
  [
    'a conversion without click',
    { conversions: Uint8Array.of(1, 0), clicks: Uint8Array.of(0, 1) },
    /row 0 has a conversion without a click/,
  ],
  ['a pair twice', { offsets: Uint32Array.of(0, 2, 2), items: Uint32Array.of(1, 1) }, /none be there twice/],
])('a log with %s is refused', (_, changes, message) => {
  const bad = {
    ...build([
      [0, 0, 1],
      [1, 1, 2],
    ]),
    ...changes,
  };
  expect(() => checkInteractionLog(bad)).toThrow(UsageError);
  expect(() => checkInteractionLog(bad)).toThrow(message);
});
