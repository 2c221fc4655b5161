import { clickMoments, squaredSum } from '../../estimators/bias/click-moments.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { createRng } from '../../src/random/rng.ts';

/** Rows of lists of two lengths and two policies. */
function drawnLog(longest: number) {
  const rng = createRng(`moments ${longest}`);
  const builder = new ClickLogBuilder(1, 2);
  for (let l = 0; l < 8; l++) {
    const docs = Array.from({ length: l < 4 ? longest : 3 }, (_, d) => d);
    const list = builder.addList(l, docs, 0, l % 2);
    for (let row = 0; row < 5; row++)
      builder.addRow(
        list,
        docs.map(() => Number(rng.next() < 0.4)),
        1 + row,
      );
  }
  return builder.build();
}

test.each([4, 12, 13])('second moments of clicks are sums over the rows, lists of %i and of 3', (longest) => {
  const log = drawnLog(longest);
  const groups = clickMoments(log);
  expect(groups).toHaveLength(4);
  for (const group of groups) {
    const rows = [...log.list.keys()].filter(
      (r) => log.policies?.[log.list[r]] === group.policy && log.offsets[log.list[r] + 1] - log.offsets[log.list[r]] === group.length,
    );
    const over = (value: (clicks: Uint8Array) => number) =>
      rows.reduce((sum, r) => sum + log.count[r] * value(log.clicks.subarray(log.clickOffsets[r], log.clickOffsets[r + 1])), 0);
    expect(group.sessions).toBe(over(() => 1));
    for (let i = 0; i < longest; i++)
      for (let j = 0; j < longest; j++) expect(group.both[i * longest + j]).toBe(over((clicks) => (clicks[i] ?? 0) * (clicks[j] ?? 0)));
    const weights = Float64Array.from({ length: longest }, (_, k) => 0.5 - k);
    const inner = (clicks: Uint8Array) => clicks.reduce((sum, click, k) => sum + click * weights[k], 2);
    expect(squaredSum(group, weights, 2)).toBeCloseTo(
      over((clicks) => inner(clicks) ** 2),
      8,
    );
  }
});
