import { Composer, type Document, isScalar, Lexer, type Pair, type ParsedNode, Parser, type SchemaOptions, visit } from 'yaml';
import { shownText } from '../../src/data/decimal.ts';
import { deepest } from './merge-layers.ts';

/** 0x10 and 0o7 are texts, as hardly anyone means 16 sessions by them, or seed 31 by the name 0x1f. */
const decimalNumbers: SchemaOptions = {
  customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !['HEX', 'OCT'].includes(tag.format ?? '')),
};

const mostAliases = 100;
const mostTokens = 1_000_000; // 60,000 keys and values have half as many

/** What is wrong with a text that is read as YAML, and how many letters stand before it. */
export class YamlFault {
  readonly problem: string;
  readonly offset: number;
  constructor(problem: string, offset: number) {
    this.problem = problem;
    this.offset = offset;
  }
}

/** What else a token may not be; null for nothing. @param isText it is a text without quotes, whatever it begins with */
type Rule = (token: string, isText: boolean) => string | null;

/**
 * A document of YAML 1.2, as files and typed values are: numbers decimal, and no directive or tag, which would give its texts other meanings.
 * @throws YamlFault for broken YAML, more depth than a config can have, and a key that is no text or there twice
 */
export function readYaml(text: string, rule: Rule = () => null): Document {
  const composer = new Composer({ ...decimalNumbers, uniqueKeys: false }); // theirs takes quadratic time
  const [document, second] = composer.compose(tokens(text, rule), true, text.length);
  const [error] = document.errors;
  if (error) throw new YamlFault(error.message.split('\n')[0], error.pos[0]);
  if (second) throw new YamlFault('a second YAML document; a config is one', second.range[0]);
  checkKeys(document);
  return document;
}

/** What the text is composed of. */
function* tokens(text: string, rule: Rule) {
  const parser = new Parser();
  let isText = false; // behind a mark of the lexer's own stands plain text
  let [count, aliases] = [0, 0];
  for (const token of new Lexer().lex(text)) {
    const { offset } = parser;
    if (++count > mostTokens) throw new YamlFault(`more than ${mostTokens} words and marks: it is something else`, offset);
    if (!isText && token.startsWith('*')) aliases++;
    const problem =
      rule(token, isText) ??
      (isText ? null : otherMeaning(token)) ??
      (aliases > mostAliases ? `more than ${mostAliases} aliases; write the values out` : null);
    if (problem !== null) throw new YamlFault(problem, offset);
    yield* parser.next(token);
    if (depth(parser.stack) > deepest) throw new YamlFault(`more than ${deepest} lists and groups within each other`, offset);
    isText = token === '\u001f';
  }
  yield* parser.end();
}

/** Lists and groups that are open, below them the document and perhaps above them a text. */
const depth = (open: Parser['stack']): number => open.length - ('items' in (open.at(-1) ?? {}) ? 1 : 2);

function otherMeaning(token: string): string | null {
  if (token.startsWith('%')) return `in YAML ${shownText(token)} is a directive; a config has none, and is YAML 1.2`;
  if (token.startsWith('!')) return `in YAML ${shownText(token)} gives a value another type; write the value without it`;
  return null;
}

/** A list, a group or an alias as a key would be written out as a text; of a key that is there twice one value would be lost. */
function checkKeys(document: Document): void {
  visit(document, {
    Map(_, { items }) {
      const known = new Set<string>();
      for (const { key } of items as Pair<ParsedNode>[]) {
        if (!isScalar(key)) throw new YamlFault('a key must be a text', key.range[0]);
        const name = String(key.value ?? '');
        if (known.has(name)) throw new YamlFault('Map keys must be unique', key.range[0]);
        known.add(name);
      }
    },
  });
}
