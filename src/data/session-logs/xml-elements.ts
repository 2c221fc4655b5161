import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { DataError } from '../../errors.ts';
import { textChunks } from '../byte-source.ts';
import { readingEach } from '../reading.ts';
import { BareAmpersands, unmarked } from './bare-ampersands.ts';

/** An element with its children; text is its own, trimmed, without that of its children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  readonly line: number; // where it starts, from 1
  text: string;
}

/**
 * The outermost elements of one name, each as soon as it ends, so that a file of any size takes the memory of one of them; plain or gzip.
 * A "&" that begins no entity is taken for itself.
 * @param wanted names of the elements kept within; others are passed over with all that is in them
 * @throws DataError with the line where the XML is not well-formed; UsageError where the file cannot be read
 */
export function xmlElements(path: string, name: string, wanted: ReadonlySet<string>): AsyncGenerator<XmlElement> {
  return readingEach(path, elements(path, name, wanted));
}

/** What lies between two ends of elements at most; without a bound a packed file of blanks would fill the memory. */
const longestElement = 1 << 24;

async function* elements(path: string, name: string, wanted: ReadonlySet<string>): AsyncGenerator<XmlElement> {
  const done: XmlElement[] = [];
  const parser = elementParser(path, name, wanted, done);
  const decoder = new StringDecoder('utf8');
  const ampersands = new BareAmpersands();
  let open = 0; // bytes since the last element ended, at most
  for await (const chunk of textChunks(path)) {
    parser.write(ampersands.mark(decoder.write(chunk)));
    open = done.length > 0 ? chunk.length : open + chunk.length;
    if (open > longestElement)
      throw new DataError(`more than 16 MiB without the end of a <${name}>; is this such a log?`, { file: path, line: parser.line });
    yield* done.splice(0);
  }
  parser.write(ampersands.mark(decoder.end()) + ampersands.end()).close();
  yield* done.splice(0);
}

type PlainParser = SaxesParser<{ fileName: string; xmlns: false }>;

function elementParser(path: string, name: string, wanted: ReadonlySet<string>, done: XmlElement[]): PlainParser {
  const parser: PlainParser = new SaxesParser({ fileName: path, xmlns: false });
  const open: XmlElement[] = []; // from the outermost of that name down
  let passed = 0; //                depth within an element that is passed over
  parser.on('error', (error) => {
    const problem = error.message.replace(/^.*?:\d+:\d+: /, '');
    throw new DataError(`not well-formed XML: ${problem}`, { file: path, line: parser.line, column: parser.column });
  });
  parser.on('opentag', ({ name: tag, attributes }) => {
    if (open.length === 0 ? tag !== name : passed > 0 || !wanted.has(tag)) {
      if (open.length > 0) passed++;
      return;
    }
    for (const key of Object.keys(attributes)) attributes[key] = unmarked(attributes[key]);
    const element = { name: tag, attributes, children: [], line: parser.line, text: '' };
    open[open.length - 1]?.children.push(element);
    open.push(element);
  });
  const addText = (text: string) => {
    if (passed === 0 && open.length > 0) open[open.length - 1].text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    if (passed > 0) passed--;
    else {
      const element = open.pop();
      if (element === undefined) return;
      element.text = unmarked(element.text).trim();
      if (open.length === 0) done.push(element);
    }
  });
  return parser;
}

export const child = ({ children }: XmlElement, name: string): XmlElement | undefined => children.find((one) => one.name === name);
export const childrenOf = ({ children }: XmlElement, name: string): XmlElement[] => children.filter((one) => one.name === name);

/** The text of the first of these children that has one. */
export const childText = (element: XmlElement, ...names: readonly string[]): string | undefined =>
  names.map((name) => child(element, name)?.text).find((text) => text !== undefined && text !== '');
