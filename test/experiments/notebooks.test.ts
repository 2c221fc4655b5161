import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copiedPackage } from './copied-package.ts';
import { bundledProgram } from './sweep/built-program.ts';

const copy = copiedPackage();
const built = bundledProgram(); // here, where no time limit counts
const [major, minor] = process.versions.node.split('.').map(Number);
/** Node 20.19, 22.12 and later. */
const canRequireModules = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
const quick = { COUNTERRANK_QUICK: '1' };
const notebooks = readdirSync('experiments/notebooks').filter((name) => name.endsWith('.ts'));
const command = 'node dist/experiments/main.js notebook';

/** Text of the cells of every table row of a page. */
const rowsOf = (page: string): string[][] =>
  [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, text]) => text.replaceAll(/<[^>]*>/g, '')),
  );

test('npx tsx runs a notebook on the sources, never on a build that lies about', async () => {
  for (const area of ['src', 'estimators', 'experiments']) {
    mkdirSync(join(copy.path, 'dist', area), { recursive: true });
    copy.write(`dist/${area}/index.js`, 'throw new Error("stale build");');
  }
  const { code, out, err } = await copy.sh('npx tsx experiments/notebooks/own-estimator.ts', quick);
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toMatch(/^seen-above +[+−]0\.\d{4} \[/m);
});

describe('counterrank notebook', () => {
  let pages: ReadonlyMap<string, Promise<string>>;
  beforeAll(async () => {
    cpSync(built, join(copy.path, 'dist'), { recursive: true }); // over the stale one
    pages = new Map(notebooks.map((name) => [name, render(name)]));
    await Promise.allSettled(pages.values());
  });

  const render = async (name: string): Promise<string> => {
    const { code, err } = await copy.sh(`${command} experiments/notebooks/${name} --quick --quiet --out ${name}.html`);
    expect(err).toBe('');
    expect(code).toBe(0);
    return copy.read(`${name}.html`);
  };

  const promises: Readonly<Record<string, (page: string) => void>> = {
    'dual-learning-from-scratch.ts': (page) => {
      const same = rowsOf(page).filter(([part]) => part === 'ranker' || part === 'propensities');
      expect(same.map(([part, parameters]) => [part, parameters])).toEqual([
        ['ranker', '8'],
        ['propensities', '10'],
      ]);
      for (const [, , difference] of same) expect(Number(difference.replace('−', '-'))).toBeLessThan(1e-5); // up to rounding what the library learns
      expect(page.match(/<svg/g)).toHaveLength(3);
    },
    'own-estimator.ts': (page) => {
      const share = Number(rowsOf(page).find(([what]) => what === 'share within 1.96')?.[1]);
      const n = Number(
        rowsOf(page)
          .find(([what]) => what.startsWith('documents seen'))?.[1]
          .replace(',', ''),
      );
      expect(Math.abs(share - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / n) + 0.01); // counts are whole: not quite normal
      expect(rowsOf(page).filter(([method]) => method === 'seen-above')).toHaveLength(4);
    },
    'which-estimator-for-my-log.ts': (page) => {
      expect(rowsOf(page).filter(([ranks]) => /^\d and \d+$/.test(ranks))).toHaveLength(9);
      const likelihood = (model: string) =>
        Number(
          rowsOf(page)
            .find(([name]) => name === model)?.[1]
            .replace('−', '-'),
        );
      expect(likelihood('ips')).toBeGreaterThan(likelihood('rank alone')); // given the right propensities
    },
    'num-and-its-constants.ts': (page) => {
      const value = (setting: string) => rowsOf(page).filter(([name]) => name === setting)[0];
      expect(value('ablation: no reformulation penalty')).not.toEqual(value('as defined'));
      expect(page.match(/<svg/g)).toHaveLength(2);
    },
  };

  test('every notebook says what it must show', () => expect(Object.keys(promises).sort()).toEqual([...notebooks].sort()));

  test.each(notebooks)('%s runs, is rendered, and shows what it promises', async (name) => {
    const page = (await pages.get(name)) as string;
    const outside = page.replaceAll(/<pre class="code".*?<\/pre>/gs, '');
    expect(/<script|<link|<img|undefined|NaN|\[object/.exec(outside)?.[0]).toBeUndefined();
    expect(page.match(/<pre class="code"/g)?.length).toBeGreaterThan(3);
    promises[name](page);
  });

  test('prints go to the page as text, helpers may be TypeScript, and rendered again the page is the same byte for byte', async () => {
    copy.write('helper.ts', 'export const five: number = 5;');
    copy.write(
      'prints.ts',
      `// %% A
import { lineChart, show } from 'counterrank/experiments';
import { five } from './helper.ts';
console.log({ five });
show(lineChart({ a: [1, five] }, { title: 'not waited for', x: 'x', y: 'y' }));
// %% B
process.stderr.write('<raw>');
`,
    );
    const once = async () => {
      expect(await copy.sh(`${command} prints.ts`)).toMatchObject({ code: 0, out: 'prints.html shows prints.ts with its outputs\n' });
      return copy.read('prints.html');
    };
    const page = await once();
    const outputs = [...page.matchAll(/<pre class="printed"[^>]*>(.*?)<\/pre>|<svg/g)].map(([whole, text]) => text ?? whole);
    expect(outputs).toEqual(['{ five: 5 }', '<svg', '&lt;raw&gt;']);
    expect(await once()).toBe(page);
  });

  test.each([
    [
      'throws',
      '// %% [markdown]\n// text\n// %% Break\nconst a: { b?: { c: number } } = {};\na.b!.c;\n',
      /^error: bad\.ts:5: in cell 2 of 2 "Break": TypeError: /,
    ],
    [
      'imports what is not there',
      "// %%\nimport { nothing } from 'counterrank';\nnothing();\n",
      /^error: bad\.ts:2: in cell 1 of 1: SyntaxError: .*'counterrank'.*nothing/,
    ],
  ])('a notebook that %s: cell and line, exit code 2, and the page of before stays as it was', async (_, text, message) => {
    copy.write('bad.ts', text);
    copy.write('page.html', 'before');
    const { code, out, err } = await copy.sh(`${command} bad.ts --quiet --out page.html`);
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect({ code, out, page: copy.read('page.html') }).toEqual({ code: 2, out: '', page: 'before' });
    expect(readdirSync(copy.path).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  if (canRequireModules)
    test('every part of the package can be required, as the tslab kernel does', async () => {
      const parts = Object.keys((JSON.parse(copy.read('package.json')) as { exports: object }).exports).map((path) =>
        path.replace('.', 'counterrank'),
      );
      const few: Readonly<Record<string, number>> = { 'counterrank/register': 0, 'counterrank/score': 1 }; // the first is there for what it does
      const least = (part: string) => few[part] ?? 3;
      const script = parts
        .map((part) => `if (Object.keys(require('${part}')).length < ${least(part)}) throw new Error('${part}');`)
        .join('');
      copy.write('require.cjs', script);
      expect(await copy.sh('node --no-warnings require.cjs')).toEqual({ code: 0, out: '', err: '' });
    });
});

test.each(notebooks)('%s is no longer than what one reads in a sitting', (name) => {
  expect(readFileSync(`experiments/notebooks/${name}`, 'utf8').split('\n').length).toBeLessThanOrEqual(210);
});

test('dual learning from scratch takes at most 30 lines', () => {
  const text = readFileSync('experiments/notebooks/dual-learning-from-scratch.ts', 'utf8');
  const [algorithm] = /^const fromScratch.*?^};$/ms.exec(text) ?? [''];
  expect(algorithm.split('\n').length).toBeGreaterThan(10);
  expect(algorithm.split('\n').length).toBeLessThanOrEqual(30);
});

test('types of every sub-path are also found where exports are not read, as in the tslab kernel', () => {
  const { exports, typesVersions } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, { types: string }>;
    typesVersions: Record<string, Record<string, string[]>>;
  };
  const parts = Object.entries(exports).filter(([path]) => path !== '.');
  expect(typesVersions['*']).toEqual(Object.fromEntries(parts.map(([path, { types }]) => [path.slice(2), [types]])));
});
