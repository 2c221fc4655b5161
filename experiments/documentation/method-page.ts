import type { ListedMethod, MethodGroup } from '../catalogue/method-groups.ts';
import { type KindTexts, type MethodText, type TextField, textFields } from './method-texts.ts';
import { optionRows } from './option-rows.ts';
import { tryIt } from './try-it.ts';

/** The name of a method's file: what it is called, as far as files can be called so. */
export const pageName = (name: string): string => `${name.replaceAll('/', '-')}.md`;

const titles: Readonly<Record<TextField, string>> = {
  formula: 'Formula',
  assumes: 'It assumes',
  use: 'Take it',
  fails: 'It fails',
  source: 'Source',
  peers: 'Elsewhere',
};

/** All there is to know of a method, as Markdown that reads well on a terminal too. */
export function methodPage(
  group: MethodGroup,
  { name, description, options }: ListedMethod,
  { $options: shared = {}, ...texts }: KindTexts,
): string {
  const text: MethodText = texts[name] ?? {};
  const lines = textFields.flatMap((field) => {
    const value = text[field]?.trim().replace(/^elsewhere: /, '');
    if (value === undefined || (field === 'peers' && value === 'none')) return [];
    return [`**${titles[field]}**${field === 'formula' ? `: \`${value}\`` : `: ${value}`}`, ''];
  });
  const attempt = tryIt(group.slug, name);
  return [
    `# ${name}`,
    `${group.kind}`,
    '',
    sentence(description),
    '',
    ...lines,
    ...(options === null ? [] : optionTable(optionRows(options), { ...shared, ...text.options })),
    ...(attempt === null ? [] : ['**Try it**, with its pictures in the `report.html` of the run:', '', '```sh', attempt, '```', '']),
  ].join('\n');
}

const sentence = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}${/[.!?)]$/.test(text) ? '' : '.'}`;

function optionTable(rows: ReturnType<typeof optionRows>, texts: Readonly<Record<string, string>>): string[] {
  if (rows.length === 0) return ['It has no options of its own.', ''];
  const cells = rows.map(({ name, values, standard }) => [
    `\`${name}\``,
    standard === null ? 'must be said' : `\`${standard}\``,
    values,
    texts[name] ?? '',
  ]);
  const row = (words: readonly string[]) => `| ${words.map((word) => word.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(['option', 'default', 'values', 'what it is']), '|---|---|---|---|', ...cells.map(row), ''];
}
