/** Stands for "&" while XML is parsed: a code point that Unicode keeps free of characters, and XML lets pass. */
const mark = '\uFDD0';
/** "&" that begins neither a character reference nor one of the five entities that XML knows without a DTD. */
const bare = /&(?!(?:#\d+|#x[\da-fA-F]+|amp|lt|gt|quot|apos);)/g;
const unknown = new RegExp(`${mark}([\\p{L}_:][\\p{L}\\p{N}_:.-]*;)`, 'u');
/** A reference at the end of a piece of text that may go on in the next piece. */
const unfinished = /&[#\w]{0,10}$/;

/**
 * Text in pieces, with every bare "&" marked so that an XML parser takes it for a character. The published log of the TREC Session track
 * 2012 has such ("merck & co"); a strict parser would refuse the whole file.
 */
export class BareAmpersands {
  #rest = '';

  /** The next piece as far as it is certain. */
  mark(piece: string): string {
    const text = this.#rest + piece;
    const end = unfinished.exec(text)?.index ?? text.length;
    this.#rest = text.slice(end);
    return text.slice(0, end).replace(bare, mark);
  }

  /** What was held back. */
  end(): string {
    return this.#rest.replace(bare, mark);
  }
}

/** What is wrong with a marked text that has an entity which nothing says the meaning of; null where it has none. */
export function entityFault(text: string): string | null {
  const [, entity] = text.match(unknown) ?? [];
  return entity === undefined
    ? null
    : `&${entity} is no entity of XML; write the character that it stands for, or "&amp;${entity}" for this text`;
}

/** A text of the document as it was written. */
export const unmarked = (text: string): string => (text.includes(mark) ? text.replaceAll(mark, '&') : text);
