import { createProgram } from '../../../experiments/commands/program.ts';
import { helpOnScreen } from '../../../experiments/terminal/help-on-screen.ts';
import { markdownOnScreen } from '../../../experiments/terminal/markdown-on-screen.ts';

const screen = { columns: 40, terminal: true };

test('a command that is too long can still be typed, and what it does stands below it', () => {
  const line = "  counterrank report sweep --format latex --caption 'Test NDCG'    a table for a paper";
  expect(helpOnScreen(line, screen).split('\n')).toEqual([
    '  counterrank report sweep --format \\',
    "      latex --caption 'Test NDCG'",
    '      a table for a paper',
  ]);
  expect(helpOnScreen(line, { columns: 40, terminal: false })).toBe(line);
});

test('the help of every command fits a terminal of 80 columns', async () => {
  const program = await createProgram();
  const commands = [program, ...program.commands, ...program.commands.flatMap((command) => command.commands)];
  expect(commands.length).toBeGreaterThan(25);
  for (const command of commands) {
    const parts: string[] = [];
    command.configureOutput({ writeOut: (text) => parts.push(text), getOutHelpWidth: () => 80 });
    command.outputHelp();
    const written = parts.join('');
    const long = helpOnScreen(written, { columns: 80, terminal: true })
      .split('\n')
      .filter((line) => line.length > 80 && line.trim().includes(' ')); // a longer word keeps its line
    expect([command.name(), long]).toEqual([command.name(), []]);
    expect(written).toContain('Usage:');
  }
});

test('tables of Markdown that are too wide become paragraphs, code stays', () => {
  const page =
    '# ips\n\n| option | default | what |\n|---|---|---|\n| `clip` | `0.1` | the largest weight of a click |\n\n```sh\ncounterrank run quickstart a=1 b=2 c=3 d=4\n```';
  expect(markdownOnScreen(page, screen)).toBe(
    '# ips\n\n- `clip`; default: `0.1`; what: the\n  largest weight of a click\n\n```sh\ncounterrank run quickstart a=1 b=2 c=3 d=4\n```',
  );
  expect(markdownOnScreen(page, { columns: 60, terminal: true })).toBe(page);
});
