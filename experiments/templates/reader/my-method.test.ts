import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readers } from './my-method.js';

const { read } = readers['my-method'];
const folder = mkdtempSync(join(tmpdir(), 'my-method-'));
after(() => rmSync(folder, { recursive: true }));

test('reads both parts, with the same users and items', async () => {
  writeFileSync(join(folder, 'log.tsv'), 'ann\tfilm\t5\nbob\tbook\t2\nann\tbook\t4\n');
  writeFileSync(join(folder, 'uniform.tsv'), 'bob\tfilm\t1\n');
  const { log, uniformTest } = await read(folder);
  assert.deepEqual(
    [log.userIds, log.itemIds],
    [
      ['ann', 'bob'],
      ['film', 'book'],
    ],
  );
  assert.deepEqual(
    [[...log.offsets], [...log.items], [...(log.ratings ?? [])]],
    [
      [0, 2, 3],
      [0, 1, 1],
      [5, 4, 2],
    ],
  );
  assert.deepEqual([[...(uniformTest?.items ?? [])], [...(uniformTest?.ratings ?? [])]], [[0], [1]]);
});

test('comments are left out, and counted', async () => {
  writeFileSync(join(folder, 'log.tsv'), '# 2024\nann\tfilm\t5\n');
  const { accounting } = await read(folder);
  assert.deepEqual(accounting?.[0], {
    file: join(folder, 'log.tsv'),
    unit: 'rows',
    read: 2,
    kept: 1,
    merged: 0,
    rejected: { comments: 1 },
  });
});

test('a line that breaks a rule is refused by file and line', async () => {
  writeFileSync(join(folder, 'log.tsv'), 'ann\tfilm\t5\nbob\tbook\t6\n');
  await assert.rejects(read(folder), /log\.tsv:2: a rating must be on the scale from 1 to 5, got 6/);
  writeFileSync(join(folder, 'log.tsv'), 'ann\tfilm\n');
  await assert.rejects(read(folder), /log\.tsv:1: a rating must be a number/);
});
