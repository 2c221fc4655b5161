import type { SearchSession } from '../../../src/data/search-session.ts';
import { SessionTable } from '../../../src/session-metrics/session-table.ts';

const sessionOf = (id: string, ...queries: string[][]): SearchSession => ({
  id,
  queries: queries.map((ids) => ({ results: ids.map((document, i) => ({ id: document, clicked: i === 0 })) })),
});

test('documents are numbered anew in every session, whatever ids earlier ones had', () => {
  const table = new SessionTable('click');
  const many = Array.from({ length: 20_000 }, (_, i) => `d${i}`); // more than are remembered
  for (const ids of [['a', 'b'], many, ['b', 'a'], many, ['a', 'c']]) {
    table.load(sessionOf('s', ids, [ids[1], 'new', ids[0]]));
    const n = ids.length;
    expect(table.documentCount).toBe(n + 1);
    expect([...table.documents.subarray(0, n)]).toEqual(ids.map((_, i) => i));
    expect([...table.documents.subarray(n, n + 3)]).toEqual([1, n, 0]);
    expect([...table.repeated.subarray(0, n + 3)]).toEqual([...ids.map(() => 0), 1, 0, 1]);
    expect([...table.best.subarray(0, 3)]).toEqual([1, 1, 0]);
  }
});
