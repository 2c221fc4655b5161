import { methodGroups } from '../../../experiments/catalogue/method-groups.ts';
import { createProgram } from '../../../experiments/commands/program.ts';

const { commands } = await createProgram();
const optionsOf = (name: string) => commands.find((command) => command.name() === name)?.options ?? [];

test('every command and option that list names exists', () => {
  const named = methodGroups().flatMap(({ kind }) => [...(/\(([a-z-]+) (--[a-z-]+)/.exec(kind)?.slice(1) ?? [])].join(' ') || []);
  expect(named).toContain('evaluate-sessions --log-format');
  for (const words of named) {
    const [command, option] = words.split(' ');
    expect({ words, known: optionsOf(command).map(({ long }) => long) }).toEqual({ words, known: expect.arrayContaining([option]) });
  }
});

test('commands that are listed without being read take the words that they say', async () => {
  const words = (some: typeof commands) =>
    some.map((one) => [one.name(), one.registeredArguments.map((argument) => [argument.name(), argument.required, argument.variadic])]);
  expect(words((await createProgram([])).commands)).toEqual(words(commands));
});

test('help of a command that there is not is told as such', async () => {
  await expect(createProgram(['help', 'swep'])).rejects.toThrow(/unknown command "swep"; did you mean "sweep"/);
  await expect(createProgram(['help', 'sweep'])).resolves.toBeDefined();
});

test('--format is what is printed, in every command that has it', () => {
  const having = commands.flatMap((command) => {
    const format = command.options.find(({ long }) => long === '--format');
    return format ? [[command.name(), format.argChoices ?? []] as const] : [];
  });
  expect(having.map(([name]) => name)).toEqual(expect.arrayContaining(['report', 'evaluate', 'evaluate-sessions', 'meta-evaluate']));
  for (const [name, choices] of having) expect([name, choices]).toEqual([name, expect.arrayContaining(['json', 'csv'])]);
  expect(commands.filter((command) => command.options.some(({ long }) => long === '--output'))).toEqual([]);
});

test('commands that read logs of search sessions read them by the same options', () => {
  const options = (name: string) => Object.fromEntries(optionsOf(name).map(({ flags, description }) => [flags, description]));
  const [scores, meta] = [options('evaluate-sessions'), options('meta-evaluate')];
  for (const flags of ['--log-format <name>', '--qrels <file>', '--labels <source>', '--highest-grade <h>', '--skip-faulty'])
    expect([flags, meta[flags]]).toEqual([flags, scores[flags] ?? 'missing']);
});

test.each([
  ['evaluate', ['evaluate-sessions', 'meta-evaluate']],
  ['evaluate-sessions', ['simulate-sessions', 'meta-evaluate']],
  ['meta-evaluate', ['simulate-sessions', 'evaluate-sessions']],
  ['simulate-sessions', ['meta-evaluate']],
])('the help of %s leads to %j', (name, others) => {
  let help = '';
  const command = commands.find((one) => one.name() === name);
  command?.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command?.outputHelp();
  for (const other of others) expect(help).toContain(`counterrank ${other}`);
});
