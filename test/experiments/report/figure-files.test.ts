import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Picture } from '../../../experiments/charts/draw-svg.ts';
import { lineChart } from '../../../experiments/charts/line-chart.ts';
import { writeFigures } from '../../../experiments/report/figure-files.ts';
import { fileWords } from '../../../experiments/report/file-words.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const home = temporaryFolder();
const chart = (title: string) => lineChart({ a: [1, 2], b: [2, 1] }, { title, x: 'rank', y: 'clicks' });
const groups = [
  { title: 'Metrics by method', pictures: [chart('ndcg@10'), chart('ndcg@10')] },
  { title: 'Learning curves', pictures: [chart('Überraschung / α')] },
];

test('four files of each picture under names of their own, a list of them, and LaTeX that includes each', async () => {
  const folder = join(home.path, 'figures');
  expect(await writeFigures(folder, groups, 84)).toBe(3);
  const names = ['metrics-by-method-ndcg-at-10', 'metrics-by-method-ndcg-at-10-2', 'learning-curves-uberraschung-alpha'];
  const files = names.flatMap((name) => ['csv', 'pdf', 'svg', 'vl.json'].map((ending) => `${name}.${ending}`));
  expect(readdirSync(folder).sort()).toEqual([...files, 'figures.csv', 'figures.tex'].sort());
  const list = readFileSync(join(folder, 'figures.csv'), 'utf8').trim().split('\n');
  expect(list.slice(1).map((line) => line.split(',')[0])).toEqual(names);
  const latex = readFileSync(join(folder, 'figures.tex'), 'utf8');
  for (const name of names) expect(latex).toContain(`\\includegraphics{${name}.pdf}`);
  expect(latex).not.toContain('figure*');
  expect(readFileSync(join(folder, `${names[0]}.csv`), 'utf8')).toBe('series,x,y\na,1,1\na,2,2\nb,1,2\nb,2,1\n');
});

test('pictures of one title are told apart by what stands below it', async () => {
  const folder = join(home.path, 'settings');
  const below = (subtitle: string) => ({ ...chart(''), spec: { ...chart('').spec, title: { text: 'NUM', subtitle } } }) as Picture;
  await writeFigures(folder, [{ title: '', pictures: [below(''), below('normalise=false'), below('C=5'), below('C=5')] }], 84);
  const names = readdirSync(folder).filter((file) => file.endsWith('.svg'));
  expect(names.sort()).toEqual(['num-c-5-2.svg', 'num-c-5.svg', 'num-normalise-false.svg', 'num.svg']);
});

test('a picture whose letters would be too small in a column is as wide as the page', async () => {
  const folder = join(home.path, 'crowded');
  const step = (columns: number): Picture => ({
    alt: `${columns} columns`,
    spec: {
      width: { step: 16 },
      height: 50,
      data: { values: Array.from({ length: columns }, (_, i) => ({ at: `c${i}`, value: i })) },
      mark: 'bar',
      encoding: { x: { field: 'at', type: 'nominal' }, y: { field: 'value', type: 'quantitative' } },
    },
  });
  await writeFigures(folder, [{ title: '', pictures: [step(10), step(40)] }], 84);
  const widths = readFileSync(join(folder, 'figures.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[2]) > 100);
  expect(widths).toEqual([false, true]);
});

test('nothing is overwritten, and a picture that cannot be drawn leaves nothing', async () => {
  const folder = join(home.path, 'twice');
  await writeFigures(folder, groups.slice(1), 178);
  expect(readFileSync(join(folder, 'figures.tex'), 'utf8')).toContain('\\begin{figure*}');
  await expect(writeFigures(folder, groups, 84)).rejects.toThrow(/exists; nothing is overwritten/);
  const broken = { spec: { mark: 'no such mark', data: { values: [] } } as never, alt: 'broken' };
  await expect(writeFigures(join(home.path, 'broken'), [{ title: 'x', pictures: [chart('a'), broken] }], 84)).rejects.toThrow();
  expect(existsSync(join(home.path, 'broken'))).toBe(false);
});

test('names of files are plain, and cut between words', () => {
  expect(fileWords('ndcg@10 · α=0.5 / “Größe”')).toBe('ndcg-at-10-alpha-0-5-gro-e');
  expect(fileWords("Kendall's τ_b")).toBe('kendalls-tau-b');
  expect(fileWords('one two three', 9)).toBe('one-two');
});
