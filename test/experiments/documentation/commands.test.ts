import { readdirSync, readFileSync } from 'node:fs';
import { readStudy } from '../../../experiments/catalogue/read-study.ts';
import { createProgram } from '../../../experiments/commands/program.ts';
import { planSweep } from '../../../experiments/sweep/plan-sweep.ts';
import { commandsOf, textOf, written } from './documents.ts';

const commands = written.flatMap(commandsOf).map((command) => ({
  ...command,
  words: command.words[0] === 'npx' ? command.words.slice(1) : command.words,
}));
const own = commands.filter(({ words }) => words[0] === 'counterrank');

test('there are commands to try', () => expect(own.length).toBeGreaterThan(100));

test.each(own.map(({ file, text, words }) => [file, text, words] as const))('%s: %s has options that there are', async (_, __, words) => {
  const program = await createProgram(words.slice(1));
  let command = program.commands.find((one) => one.name() === words[1]);
  expect(command?.name()).toBe(words[1]);
  command = command?.commands.find((one) => one.name() === words[2]) ?? command;
  const known = [...(command?.options ?? []), ...program.options].flatMap(({ short, long }) => [short, long]);
  const typed = words.filter((word) => /^--?[a-z]/i.test(word)).map((word) => word.split('=')[0].replace(/^(-j)\d+$/, '$1'));
  expect(typed.filter((option) => option !== '--help' && !known.includes(option))).toEqual([]);
});

/** Those of configs of the package: what is typed beside them must suit them. */
const bundled = readdirSync('experiments/configs').map((name) => name.replace(/\.yaml$/, ''));
const configured = own.filter(
  ({ words }) =>
    ['run', 'sweep', 'validate', 'simulate', 'bias-variance', 'train', 'benchmark'].includes(words[1]) &&
    bundled.includes(words[2]) &&
    !words.includes('--plugin'),
);
const isOverride = (words: readonly string[]) => (word: string, i: number) =>
  /^[a-z][\w.]*=/i.test(word) && !words[i - 1]?.startsWith('--');

test('most configs of the package are shown at work', () =>
  expect(new Set(configured.map(({ words }) => words[2])).size).toBeGreaterThan(8));

test.each(configured.map(({ file, text, words }) => [file, text, words] as const))('%s: %s suits its config', async (_, __, words) => {
  const [, name, config] = words;
  const overrides = words.filter(isOverride(words));
  const after = (option: string) => words.filter((__, i) => words[i - 1] === option);
  const many = ['sweep', 'benchmark'].includes(name) || (name === 'bias-variance' && overrides.some((word) => /=[^[{]*,/.test(word)));
  if (many) {
    const plan = await planSweep(config, { overrides, zip: after('--zip'), skip: after('--skip') });
    expect(plan.runs.length).toBeGreaterThan(1);
  } else await expect(readStudy(config, overrides)).resolves.toHaveProperty('config.name');
});

test('scripts of npm that docs name are there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
  const named = written.flatMap((file) => [...textOf(file).matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name));
  expect(named.length).toBeGreaterThan(5);
  expect([...new Set(named)].filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
