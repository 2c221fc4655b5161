import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const folder = temporaryFolder();
/** Missing in the types of modules, not in Jest. */
const { jest: mocks } = import.meta as unknown as { jest: { mock(name: string, make: () => unknown): void } };
mocks.mock('@duckdb/node-api', () => {
  throw new Error("Cannot find module '@duckdb/node-bindings-none/duckdb.node'");
});
const { writeTidyTable } = await import('../../../experiments/records/write-tidy-table.ts');
const { readClickLog } = await import('../../../src/data/read-click-log.ts');

test("where DuckDB's binary is missing the CSV is written all the same, with one line that says so", async () => {
  const note = await writeTidyTable(folder.path, { columns: [{ name: 'run', type: 'text' }], rows: [['a']] });
  expect(note).toMatch(
    /^records\.parquet was not written: Parquet needs DuckDB, which does not load on this machine \(.*\): Cannot find module .*; npm install @duckdb\/node-api installs it, or use CSV$/,
  );
  expect(readdirSync(folder.path)).toEqual(['records.csv']);
  expect(existsSync(join(folder.path, 'records.csv'))).toBe(true);
});

test('a Parquet log is refused with the same reason', async () => {
  const set = {
    queryIds: [],
    docIds: [],
    offsets: Uint32Array.of(0),
    features: new Float32Array(0),
    featureCount: 0,
    labels: new Float32Array(0),
  };
  await expect(readClickLog(folder.put('log.parquet', 'PAR1'), set)).rejects.toThrow(/Parquet needs DuckDB/);
});
