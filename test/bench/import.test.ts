import { tmpdir } from 'node:os';
import { benchImport } from './import.ts';

test('a small benchmark goes the whole way', async () => {
  const lines = await benchImport(200, tmpdir());
  expect(lines.map(({ unit }) => unit)).toEqual(['s', 's', 'MiB', 's']);
  for (const { value } of lines) expect(value).toBeGreaterThan(0);
});
