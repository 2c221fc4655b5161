import { DataError } from '../../errors.ts';
import { Ledger } from '../accounting.ts';
import { trimBlanks } from '../blanks.ts';
import { nearlyKnown } from '../check-columns.ts';
import { shownText } from '../decimal.ts';
import { entityFault, unmarked } from './bare-ampersands.ts';

/** An element with its children; text is its own, trimmed, without that of its children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  readonly line: number; // where it starts, from 1
  text: string;
  /** What is wrong with the text where it is an id. */
  idFault: string | null;
}

/** The outermost of the elements that are read. */
export interface XmlRecord extends XmlElement {
  /** Counts the elements in it, and what is passed over. */
  readonly ledger: Ledger;
  /** The first thing in it that breaks the form. */
  fault: DataError | null;
}

/**
 * What is read, by element: its children, and whether there is one of them or many. Elements that are no key here hold text. What is not
 * in the form is passed over and counted, with all that is in it; a record, of which there are many, must stand where the form has it.
 */
export type XmlForm = Readonly<Record<string, Readonly<Record<string, 'one' | 'many'>>>>;

type Place = { file: string; line: number };
/** Elements around records. */
interface Around {
  readonly name: string;
  holds: boolean; //             a record, so far
  passed: string[]; // until it holds one: elements in it that hold none
}

const noNames = new Set<string>(); // of elements that hold text
/** Attributes that the forms read. */
const attributeNames = new Set(['num', 'rank', 'userid', 'type', 'starttime', 'endtime']);
const deepest = 1000;
/** Names that are looked at for slips of the keyboard; no log has so many. */
const differentNames = 1000;

/** Builds elements of a form from the events of a parser. */
export class XmlTree {
  readonly #root: string;
  readonly #form: XmlForm;
  readonly #ledger: Ledger;
  readonly #place: () => Place;
  readonly #records: ReadonlySet<string>;
  readonly #near = new Map<string, string | null>(); // by parent and unknown name
  readonly #around: Around[] = []; //  open elements around the records …
  readonly #open: XmlElement[] = []; // … and from the record down …
  readonly #there: Set<string>[] = []; // … with the names of the children that each has
  #record: XmlRecord | null = null;
  #passed = 0; // depth within an element that is passed over

  /** @param root name of the records @param ledger counts what is passed over outside of them */
  constructor(root: string, form: XmlForm, ledger: Ledger, place: () => Place) {
    this.#root = root;
    this.#form = form;
    this.#ledger = ledger;
    this.#place = place;
    const many = Object.values(form).flatMap((children) => Object.keys(children).filter((name) => children[name] === 'many'));
    this.#records = new Set([root, ...many]);
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.#around.length + this.#open.length + this.#passed >= deepest)
      throw new DataError(`elements lie in each other more than ${deepest} deep; is this such a log?`, this.#place());
    if (this.#record === null && name !== this.#root) {
      this.#openAround(name);
      return;
    }
    const parent = this.#open[this.#open.length - 1];
    const wanted = parent === undefined || (this.#passed === 0 && this.#isWanted(name, parent));
    if (!wanted) {
      if (this.#records.has(name)) this.#fail(`a <${name}> within a <${parent.name}>, where none belongs`);
      else if (this.#passed === 0 && this.#form[parent.name] === undefined)
        this.#fail(`a <${name}> within a <${parent.name}>, which holds text; take the tags out`);
      if (this.#passed === 0) this.#record?.ledger.reject('elements', `<${name}>`);
      this.#passed++;
      return;
    }
    const faults = Object.entries(attributes).map(([key, value]) => [key, entityFault(value)]);
    for (const key of Object.keys(attributes)) attributes[key] = unmarked(attributes[key]);
    const element: XmlElement = { name, attributes, children: [], line: this.#place().line, text: '', idFault: null };
    if (parent !== undefined) {
      parent.children.push(element);
      this.#there[this.#there.length - 1].add(name);
    } else this.#begin(element);
    for (const [key, fault] of faults) if (fault !== null) this.#fail(`${key} of a <${name}>: ${fault}`);
    for (const key of Object.keys(attributes))
      if (!attributeNames.has(key) && attributeNames.has(key.toLowerCase()))
        this.#fail(`unknown attribute ${key} of a <${name}>; did you mean ${key.toLowerCase()}?`);
    this.#record?.ledger.keep('elements');
    this.#open.push(element);
    this.#there.push(this.#form[name] === undefined ? noNames : new Set());
  }

  text(text: string): void {
    if (this.#record === null) {
      if (this.#around.length > 0 && text.trim() !== '') this.#ledger.reject('texts', `outside of a <${this.#root}>`);
    } else if (this.#passed === 0) this.#open[this.#open.length - 1].text += text;
  }

  /** Text, and no place for elements. */
  cdata(text: string): void {
    const parent = this.#open[this.#open.length - 1];
    const isText = this.#passed > 0 || (parent !== undefined && this.#form[parent.name] === undefined);
    const name = isText ? undefined : [...text.matchAll(/<([^\s/>]+)/g)].map(([, name]) => name).find((one) => this.#records.has(one));
    if (name !== undefined) {
      const problem = `a <${name}> within <![CDATA[…]]>, where it is no element but text; take it out of there`;
      if (this.#record === null) throw new DataError(problem, this.#place());
      this.#fail(problem);
    }
    this.text(unmarked(text)); // where "&" is always itself
  }

  comment(): void {
    if (this.#record === null) this.#ledger.reject('comments', `outside of a <${this.#root}>`);
    else this.#record.ledger.reject('comments', `in a <${this.#record.name}>`);
  }

  /** @returns a record that ends here */
  close(): XmlRecord | null {
    if (this.#record === null) this.#closeAround();
    if (this.#record === null || this.#passed > 0) {
      if (this.#passed > 0) this.#passed--;
      return null;
    }
    const element = this.#open.pop() as XmlElement;
    this.#there.pop();
    element.idFault = entityFault(element.text);
    element.text = trimBlanks(unmarked(element.text));
    if (element.text !== '' && this.#form[element.name] !== undefined) this.#record.ledger.reject('texts', `in a <${element.name}>`);
    if (this.#open.length > 0) return null;
    const record = this.#record;
    this.#record = null;
    return record;
  }

  #isWanted(name: string, parent: XmlElement): boolean {
    const wanted = this.#form[parent.name] ?? {};
    const there = this.#there[this.#there.length - 1];
    if (!Object.hasOwn(wanted, name)) {
      if (this.#records.has(name)) return false; // told by its name
      const near = this.#nearTo(name, parent.name, Object.keys(wanted));
      if (near !== null && (!there.has(near) || sameButForCase(near, name)))
        this.#fail(`unknown element <${name}> in a <${parent.name}>; did you mean <${near}>?`);
      return false;
    }
    const again = wanted[name] === 'one' && there.has(name);
    if (again) this.#fail(`a second <${name}> in a <${parent.name}>; keep one`);
    return !again;
  }

  #nearTo(name: string, parent: string, known: readonly string[]): string | null {
    const key = `${parent} ${name}`;
    const before = this.#near.get(key);
    if (before !== undefined || this.#near.size > differentNames) return before ?? null;
    const near = nearlyKnown(name, known, new Set());
    this.#near.set(key, near);
    return near;
  }

  #begin(element: XmlElement): void {
    this.#record = Object.assign(element, { ledger: new Ledger(), fault: null });
    for (const around of this.#around) {
      for (const name of around.passed) this.#ledger.reject('elements', `<${name}>`);
      [around.holds, around.passed] = [true, []];
    }
  }

  #fail(problem: string): void {
    if (this.#record !== null) this.#record.fault ??= new DataError(problem, this.#place());
  }

  #openAround(name: string): void {
    if (this.#records.has(name)) throw new DataError(`a <${name}> outside of a <${this.#root}>, where none belongs`, this.#place());
    const near = Array.from(this.#records).find((record) => sameButForCase(record, name));
    if (near !== undefined) throw new DataError(`unknown element <${name}>; did you mean <${near}>?`, this.#place());
    this.#around.push({ name, holds: false, passed: [] });
  }

  /** An element that holds no record is passed over, with all that is in it. */
  #closeAround(): void {
    const { name, holds } = this.#around.pop() as Around;
    const parent = this.#around[this.#around.length - 1];
    if (holds || parent === undefined) return;
    if (parent.holds) this.#ledger.reject('elements', `<${name}>`);
    else parent.passed.push(name);
  }
}

const sameButForCase = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

export const child = ({ children }: XmlElement, name: string): XmlElement | undefined => children.find((one) => one.name === name);
export const childrenOf = ({ children }: XmlElement, name: string): XmlElement[] => children.filter((one) => one.name === name);

export const childText = (element: XmlElement, name: string): string | undefined => child(element, name)?.text || undefined;

/** The id that is the text of one of these children, or of several. @throws DataError where they differ, or have an entity that XML does not know */
export function childId(element: XmlElement, names: readonly string[], file: string): string | undefined {
  const [found, ...further] = names.flatMap((name) => child(element, name) ?? []).filter(({ text }) => text !== '');
  if (found?.idFault) throw new DataError(`<${found.name}>: ${found.idFault}`, { file, line: found.line });
  const other = further.find(({ text }) => text !== found.text);
  if (other !== undefined)
    throw new DataError(
      `<${found.name}> is ${shownText(found.text)}, but <${other.name}> of the same <${element.name}> ${shownText(other.text)}; keep one`,
      { file, line: other.line },
    );
  return found?.text;
}
