import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { lineBlocks, PADDING, textLines } from '../../../src/data/line-blocks.ts';
import { createRng } from '../../../src/random/rng.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();

/** What the blocks hold together, each looked at while it lasts. */
async function joined(path: string): Promise<string> {
  const parts: string[] = [];
  for await (const block of lineBlocks(path)) {
    expect(block.at(-1)).toBe(10);
    expect(() => new DataView(block.buffer, block.byteOffset, block.length + PADDING)).not.toThrow();
    parts.push(block.toString());
  }
  return parts.join('');
}

const rng = createRng('line-blocks');
const line = (length: number) => `${String.fromCharCode(97 + Math.floor(26 * rng.next())).repeat(length)}\n`;
const lines = (count: number, longest: number) => Array.from({ length: count }, () => line(Math.floor(longest * rng.next()))).join('');

test.each<[string, string]>([
  ['short lines, several blocks', lines(30_000, 60)],
  ['a line longer than a block between short ones', lines(1000, 50) + line(1_300_000) + lines(20_000, 50)],
  ['a line longer than what is kept for an unfinished one', lines(14_000, 70) + line(200_000) + lines(100, 50)],
  ['a long line at the start', line(700_000) + lines(10, 5)],
  ['only line ends', '\n'.repeat(600_000)],
  ['one line', 'a\n'],
])('%s: nothing is lost, plain, gzip or through a pipe', async (_name, text) => {
  expect((await joined(folder.put('plain', text))) === text).toBe(true); // a diff of megabytes helps nobody
  const open = `${text}z`;
  expect((await joined(folder.put('open', open))) === `${open}\n`).toBe(true); // the last line end is added
  expect((await joined(folder.put('marked', `\ufeff${text}`))) === text).toBe(true);
  expect((await joined(folder.put('zipped', gzipSync(text)))) === text).toBe(true);
  const pipe = folder.in(`pipe-${rng.next()}`);
  execFileSync('mkfifo', [pipe]);
  const writing = writeFile(pipe, text);
  expect((await joined(pipe)) === text).toBe(true);
  await writing;
});

test('a file may be left before its end, and one without a byte has no block', async () => {
  const path = folder.put('long', lines(60_000, 60));
  for await (const block of lineBlocks(path)) {
    expect(block.length).toBeGreaterThan(0);
    break;
  }
  expect(await joined(folder.put('empty', ''))).toBe('');
  expect(await joined(folder.put('mark', '\ufeff'))).toBe('');
  await expect(joined(folder.put('joined', 'a\n\ufeffb\nc\n'))).rejects.toThrow(
    'joined: a byte order mark before the line "b"; if files were joined here, take it out',
  );
});

test('lines of text end in "\\n" or "\\r\\n"; a carriage return within one would hide what is behind it', async () => {
  const textOf = async (content: string) => {
    const texts = [];
    for await (const { text } of textLines(folder.put('lines', content))) texts.push(text);
    return texts;
  };
  expect(await textOf('a\r\nb\nc\r')).toEqual(['a', 'b', 'c']);
  await expect(textOf('a\nb\rc\n')).rejects.toThrow('lines:2: a carriage return within the line; end lines with "\\n" or "\\r\\n"');
});
