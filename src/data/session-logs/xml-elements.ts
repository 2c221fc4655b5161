import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { DataError } from '../../errors.ts';
import type { Ledger } from '../accounting.ts';
import { textChunks } from '../byte-source.ts';
import { shownText } from '../decimal.ts';
import { readingEach } from '../reading.ts';
import { BareAmpersands } from './bare-ampersands.ts';
import { type XmlForm, type XmlRecord, XmlTree } from './xml-tree.ts';

/** What lies between two ends of elements at most; without a bound a packed file of blanks would fill the memory. */
const longestElement = 1 << 24;

/**
 * The outermost elements of one name, each as soon as it ends, so that a file of any size takes the memory of one of them; plain or gzip.
 * A "&" that begins none of the entities of XML is taken for itself; before a name and ";" it is a fault in attributes and ids.
 * @param form what is read of them @param ledger counts what else is in the file
 * @throws DataError with the line where the XML is not well-formed or declares entities or an encoding other than UTF-8, and where a record
 *   stands outside of them;
 *   UsageError where the file cannot be read
 */
export function xmlElements(path: string, name: string, form: XmlForm, ledger: Ledger): AsyncGenerator<XmlRecord> {
  return readingEach(path, elements(path, name, form, ledger));
}

async function* elements(path: string, name: string, form: XmlForm, ledger: Ledger): AsyncGenerator<XmlRecord> {
  const done: XmlRecord[] = [];
  const parser = new SaxesParser({ fileName: path, xmlns: false });
  parser.on('error', (error) => {
    const problem = error.message.replace(/^.*?:\d+:\d+: /, '');
    throw new DataError(`not well-formed XML: ${problem}`, { file: path, line: parser.line, column: parser.column });
  });
  const tree = new XmlTree(name, form, ledger, () => ({ file: path, line: parser.line }));
  parser.on('xmldecl', ({ encoding = 'UTF-8' }) => {
    if (!/^(utf-?8|(us-)?ascii)$/i.test(encoding))
      throw new DataError(
        `declared to be ${shownText(encoding)}, where UTF-8 is read; convert it (iconv -t UTF-8), and declare that or nothing`,
        { file: path, line: parser.line },
      );
  });
  parser.on('opentag', (tag) => tree.open(tag.name, tag.attributes));
  parser.on('text', (text) => tree.text(text));
  parser.on('cdata', (text) => tree.cdata(text));
  parser.on('comment', () => tree.comment());
  parser.on('doctype', (text) => {
    if (text.includes('<!ENTITY'))
      throw new DataError('a DOCTYPE with entities of its own, which are not read; write out what they stand for (xmllint --noent)', {
        file: path,
        line: parser.line,
      });
  });
  parser.on('closetag', () => {
    const element = tree.close();
    if (element !== null) done.push(element);
  });
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
