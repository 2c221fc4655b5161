import { shellBlocks, toRun } from '../../../experiments/documentation/shell-blocks.ts';
import { textOf, written } from './documents.ts';

const fence = '```';
const page = `Text.

<!-- check: file own.yaml -->
${fence}yaml
name: own
${fence}

<!-- check: first make data -->
<!-- check: skip lines with FOLDER, needs data -->
${fence}sh
run own.yaml
run FOLDER \\
  more
run again \\
  and more
${fence}
${fence}ts
not(); // run
${fence}
<!-- check: skip, installs, and takes long -->
${fence}sh
npm ci
${fence}
`;

test('blocks are run in order, but for what marks leave out; files are written', () => {
  const [file, some, none, ...others] = shellBlocks(page, 'page.md');
  expect(file).toMatchObject({ file: 'own.yaml', text: 'name: own\n', line: 5 });
  expect(some).toMatchObject({ file: null, first: ['make data'] });
  expect(toRun(some)).toEqual({
    script: 'run own.yaml\nrun again \\\n  and more\n',
    left: [{ text: 'run FOLDER \\\n  more', reason: 'needs data' }],
  });
  expect(toRun(none)).toEqual({ script: '', left: [{ text: 'npm ci\n', reason: 'installs, and takes long' }] });
  expect(others).toEqual([]);
});

test('a mark that means nothing, or stands before nothing that is run, is told', () => {
  expect(() => shellBlocks(`<!-- check: skipp, x -->\n${fence}sh\na\n${fence}\n`, 'p')).toThrow('p:3: "skipp, x" is no mark');
  expect(() => shellBlocks('<!-- check: skip, x -->\ntext\n', 'p')).toThrow('p:2: a mark that stands before no block');
  expect(() => shellBlocks(`<!-- check: skip, x -->\n${fence}ts\na\n${fence}\n`, 'p')).toThrow(
    'p:2: a mark before a block that is neither',
  );
});

test.each(written)('marks of %s', (file) => {
  for (const block of shellBlocks(textOf(file), file))
    for (const { lines } of block.skipped) if (lines !== null) expect(block.text).toContain(lines); // or it leaves out nothing
});
