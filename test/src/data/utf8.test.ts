/** @jest-environment ./test/memory-files-environment.js */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { textChunks } from '../../../src/data/byte-source.ts';
import { readQrels } from '../../../src/data/trec/read-qrels.ts';
import { readRun } from '../../../src/data/trec/read-run.ts';
import { Utf8Check } from '../../../src/data/utf8-check.ts';
import { DataError } from '../../../src/errors.ts';
import { placeless } from './data-of.ts';
import { putExample, textReaders } from './small-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
let folders = 0;
const fresh = () => {
  const path = folder.in(String(folders++));
  mkdirSync(path);
  return path;
};
const faultOf = (reading: Promise<unknown>): Promise<unknown> => reading.then(() => null).catch((error) => error);

describe.each(textReaders)('$name', (example) => {
  const bytes = Buffer.from(example.content);
  const readBytes = async (content: Uint8Array) => {
    const at = fresh();
    const path = putExample(at, example, content);
    return { path, result: placeless(await example.read(path, at).catch((error: unknown) => error)) };
  };

  test('a byte that is not UTF-8 is refused with file and line, plain or gzip, wherever it stands', async () => {
    for (const at of [0, bytes.indexOf(10) + 1, bytes.length >> 1, bytes.length]) {
      const bad = Buffer.concat([bytes.subarray(0, at), Buffer.of(0xe8), bytes.subarray(at)]);
      const inside = at < bytes.length && (bytes[at] & 0xc0) === 0x80; // the lone byte then splits a character
      const line = bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;
      for (const content of [bad, gzipSync(bad)]) {
        const { path, result } = await readBytes(content);
        expect(result).toBeInstanceOf(DataError);
        expect((result as DataError).message).toMatch(/: not UTF-8: the byte 0x[0-9a-f]{2} .* iconv /);
        if (!inside) expect((result as DataError).message.startsWith(`${path}:${line}:`)).toBe(true);
      }
    }
  });

  test('a NUL byte is refused with file and line: it is no part of a text, and ends an id for other tools', async () => {
    for (const at of [0, bytes.indexOf(10) + 1, bytes.length - 1]) {
      const { path, result } = await readBytes(Buffer.concat([bytes.subarray(0, at), Buffer.of(0), bytes.subarray(at)]));
      const line = bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;
      expect(result).toBeInstanceOf(DataError);
      expect((result as DataError).message.startsWith(`${path}:${line}:`)).toBe(true);
      expect((result as DataError).message).toContain(': a NUL byte; expected plain text in UTF-8');
    }
  });

  test('lines may end as on Windows; those of an old Mac are refused or read alike', async () => {
    const text = bytes.toString();
    const { result } = await readBytes(bytes);
    expect((await readBytes(Buffer.from(text.replaceAll('\n', '\r\n')))).result).toEqual(result);
    for (const content of [text.replaceAll('\n', '\r'), text.replace('\n', '\r')]) {
      const read = (await readBytes(Buffer.from(content))).result;
      if (!(read instanceof DataError)) expect(read).toEqual(result);
    }
  });

  test('a byte order mark changes nothing, plain or gzip, nor do two; one before a later line is refused or no part of an id', async () => {
    const { result } = await readBytes(bytes);
    expect(result).not.toBeInstanceOf(Error);
    const mark = Buffer.of(0xef, 0xbb, 0xbf);
    const marked = Buffer.concat([mark, bytes]);
    for (const content of [marked, gzipSync(marked), Buffer.concat([mark, marked])])
      expect((await readBytes(content)).result).toEqual(result);
    const second = bytes.indexOf(10) + 1;
    const within = (await readBytes(Buffer.concat([bytes.subarray(0, second), mark, bytes.subarray(second)]))).result;
    if (!(within instanceof DataError)) expect(within).toEqual(result);
  });
});

test('ids that differ in such bytes are refused, not taken for one: judgments and runs', async () => {
  const latin = (text: string) => Buffer.from(text, 'latin1');
  const qrels = folder.put('latin.qrels', latin('1 0 caf\xe8 1\n1 0 caf\xe9 0\n'));
  const run = folder.put('latin.run', latin('1 Q0 a 1 3 t\n1 Q0 caf\xe9 2 2 t\n'));
  expect((await faultOf(readQrels(qrels))) as Error).toMatchObject({
    message: expect.stringContaining(`${qrels}:1:8: not UTF-8: the byte 0xe8`),
  });
  expect((await faultOf(readRun(run))) as Error).toMatchObject({
    message: expect.stringContaining(`${run}:2:9: not UTF-8: the byte 0xe9`),
  });
});

test('through a pipe the line is known too', async () => {
  const pipe = folder.in('pipe');
  execFileSync('mkfifo', [pipe]);
  const writing = writeFile(
    pipe,
    Buffer.from(`${Array.from({ length: 50_000 }, (_, i) => `1 0 ${i} 1\n`).join('')}2 0 \xe8 1\n`, 'latin1'),
  );
  expect((await faultOf(readQrels(pipe))) as Error).toMatchObject({ message: expect.stringContaining('pipe:50001:5: not UTF-8') });
  await writing.catch(() => {});
});

const checked = (bytes: Uint8Array, cuts: readonly number[], check = new Utf8Check('file', true)): boolean => {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  try {
    [...ends, bytes.length].reduce((start, end) => {
      if (end > start) check.check(bytes.subarray(start, end));
      return end;
    }, 0);
    check.end();
    return true;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return false;
  }
};
const decodes = (bytes: Uint8Array) => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

test('bytes in any chunks pass where a fatal decoder takes them as a whole, and none is NUL', () => {
  const text = fc.string({ unit: 'binary', maxLength: 8 }).map((one) => Buffer.from(one));
  const odd = fc.constantFrom(
    ...['80', 'c3', 'e2', 'e282', 'f0', 'f09f', 'f09f98', 'ff', 'c080', 'eda080', 'f5808080', 'e8', '0a'].map((hex) =>
      Buffer.from(hex, 'hex'),
    ),
  );
  const bytes = fc.array(fc.oneof(text, odd), { maxLength: 5 }).map((parts) => Buffer.concat(parts));
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(), { maxLength: 6 }), (all, cuts) =>
      expect(checked(all, cuts)).toBe(decodes(all) && !all.includes(0)),
    ),
    { numRuns: 3000 },
  );
});

test('a character that two reads from the disk share stays whole', async () => {
  for (const shift of [1, 2, 3]) {
    const text = `${'a'.repeat((1 << 19) - shift)}\u{1f600}${'b'.repeat(9)}`;
    const chunks: Buffer[] = [];
    for await (const chunk of textChunks(folder.put('shared', text))) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString() === text).toBe(true);
  }
});

test.each<[string, string | Buffer]>([
  ['a zip archive', 'PK\x03\x04\x14\0'],
  ['bzip2', Buffer.from('BZh91AY&SY\x94', 'latin1')],
  ['xz', Buffer.from('\xfd7zXZ\0', 'latin1')],
  ['zstd', Buffer.from('\x28\xb5\x2f\xfd', 'latin1')],
  ['gzip within gzip', gzipSync(gzipSync('1 0 d 1\n'))],
])('a file that is %s is told as such', async (name, content) => {
  expect((await faultOf(readQrels(folder.put('packed', content)))) as Error).toMatchObject({
    message: expect.stringMatching(new RegExp(`packed: this is ${name}; unpack it`)),
  });
});
