import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../modules/own-files.ts';

/** The areas that the package exports, by their folder, with what a program imports. */
export const publicAreas = {
  src: 'counterrank',
  'click-models': 'counterrank/click-models',
  simulators: 'counterrank/simulators',
  estimators: 'counterrank/estimators',
  experiments: 'counterrank/experiments',
} as const;
export type PublicArea = keyof typeof publicAreas;

/** A name that a program can import. */
export interface PublicExport {
  readonly name: string;
  readonly file: string; //        where it is declared, relative to the package
  readonly declaration: string; // its text, of a function or constant without what it does
  readonly docstring: string | null; // without stars; null: it has none
}

const sources = new Map<string, string>();
const textOf = (file: string): string => {
  const known = sources.get(file) ?? readFileSync(join(packageRoot, file), 'utf8');
  sources.set(file, known);
  return known;
};

/** All that an area exports, by name, in the order of the alphabet. Reads the sources, which an installed package does not have. */
export function publicExports(area: PublicArea): PublicExport[] {
  const found = new Map<string, PublicExport>();
  for (const name of namesOf(`${area}/index.ts`)) {
    const one = declared(name, `${area}/index.ts`);
    if (one !== null) found.set(name, { ...one, name });
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** `{ a, type B, c as d }` → pairs of what it is called outside and inside. */
function pairsIn(list: string): (readonly [outside: string, inside: string])[] {
  const words = list.replaceAll(/\/\/[^\n]*|\/\*.*?\*\//gs, '').split(',');
  return words
    .map((word) => word.trim().replace(/^type\s+/, ''))
    .filter((word) => word !== '')
    .map((word) => {
      const [inside, outside = inside] = word.split(/\s+as\s+/);
      return [outside, inside] as const;
    });
}

const beside = (file: string, path: string): string => join(dirname(file), path).replaceAll('\\', '/');
const lists = /^(?:export|import) (?:type )?\{([^}]*)\}(?: from '([^']+)')?/gm;
const declaration = (name: string): RegExp =>
  new RegExp(
    `^export (?:declare )?(?:abstract )?(?:async )?(?:function\\*?|const|let|class|interface|type|enum) ${name.replaceAll('$', '\\$')}(?![\\w$])`,
    'm',
  );

/** Names that a module exports. */
function namesOf(file: string): Set<string> {
  const text = textOf(file);
  const names = new Set<string>();
  for (const [statement, list] of text.matchAll(lists))
    if (statement.startsWith('export')) for (const [outside] of pairsIn(list)) names.add(outside);
  for (const [, name] of text.matchAll(
    /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type|enum) ([\w$]+)/gm,
  ))
    names.add(name);
  for (const [, path] of text.matchAll(/^export \* from '(\.[^']+)'/gm)) for (const name of namesOf(beside(file, path))) names.add(name);
  return names;
}

/** Where a name of a module is declared, or that it is another package's; null where it is not found. */
function declared(name: string, file: string): Omit<PublicExport, 'name'> | null {
  const text = textOf(file);
  const at = text.search(declaration(name));
  if (at >= 0) return { file, declaration: declarationAt(text, at), docstring: docstringBefore(text, at) };
  for (const [, list, path] of text.matchAll(lists)) {
    const inside = pairsIn(list).find(([outside]) => outside === name)?.[1];
    if (inside === undefined) continue;
    if (path === undefined) {
      if (inside !== name) return declared(inside, file);
      continue; // `export { a }` of what is imported: the import is another list
    }
    if (path.startsWith('.')) return declared(inside, beside(file, path));
    return { file, declaration: `export { ${inside} } from '${path}'`, docstring: `That of the package ${path}.` };
  }
  for (const [, path] of text.matchAll(/^export \* from '(\.[^']+)'/gm)) {
    const other = beside(file, path);
    if (namesOf(other).has(name)) return declared(name, other);
  }
  return localAt(name, file);
}

/** What is declared without `export` before its name, and exported in a list. */
function localAt(name: string, file: string): Omit<PublicExport, 'name'> | null {
  const text = textOf(file);
  const at = text.search(new RegExp(`^(?:async )?(?:function\\*?|const|let|class|interface|type) ${name}(?![\\w$])`, 'm'));
  return at < 0 ? null : { file, declaration: declarationAt(text, at), docstring: docstringBefore(text, at) };
}

function docstringBefore(text: string, at: number): string | null {
  const before = text.slice(0, at).trimEnd();
  if (!before.endsWith('*/')) return null;
  const start = before.lastIndexOf('/**');
  if (start < 0) return null;
  const inner = before.slice(start + 3, -2);
  return inner
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim();
}

/** Lines of an interface or a type, which are what it is. */
const mostLines = 40;

/** An interface or type whole, of a function its head, of a constant its name and type. */
function declarationAt(text: string, at: number): string {
  const rest = text.slice(at);
  const whole = rest.slice(0, endOf(rest));
  if (/^(export )?(declare )?(interface|type)/.test(whole)) {
    const lines = whole.split('\n');
    return lines.length > mostLines ? [...lines.slice(0, mostLines), '  …', '}'].join('\n') : whole;
  }
  if (/^(export )?(abstract )?class/.test(whole)) return whole.slice(0, whole.indexOf('{')).trimEnd();
  const head = headOf(whole);
  return head.replace(/\s*(=>|=|\{)\s*$/, '').trimEnd();
}

/** Up to the body of a function, or to the value of a constant that is none. */
function headOf(whole: string): string {
  if (!/^(export )?(async )?function/.test(whole) && !/^[^=]*=\s*(async )?(<|\()/.test(whole)) return whole.split(/ = |\n/)[0];
  let depth = 0;
  let seen = false;
  for (let i = 0; i < whole.length; i++) {
    const letter = whole[i];
    if ('([<'.includes(letter) && !(letter === '<' && whole[i + 1] === '=')) depth++;
    else if (')]'.includes(letter) || (letter === '>' && whole[i - 1] !== '=')) depth--;
    else if (letter === '{' && depth === 0 && seen && !/[:|&]\s*$/.test(whole.slice(0, i))) return whole.slice(0, i);
    else if (letter === '{') depth++;
    else if (letter === '}') depth--;
    if (letter === ')' && depth === 0) seen = true;
    if (depth === 0 && seen && whole.slice(i, i + 2) === '=>') return whole.slice(0, i);
  }
  return whole.split('\n')[0];
}

/** Where a declaration at the beginning of a text ends: before the next line that begins with no blank, bracket or brace. */
function endOf(rest: string): number {
  const lines = rest.split('\n');
  let end = lines[0].length;
  if (/;\s*(\/\/.*)?$/.test(lines[0]) && !lines[0].trimEnd().endsWith('{')) return lines[0].length;
  for (const line of lines.slice(1)) {
    if (line !== '' && !/^[\s)}\]>]/.test(line)) break;
    end += line.length + 1;
  }
  return rest.slice(0, end).trimEnd().length;
}
