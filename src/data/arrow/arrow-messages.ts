import { type FileHandle, open } from 'node:fs/promises';
import { DataError } from '../../errors.ts';
import { FlatTable } from './flat-table.ts';

/** Kinds of message: the union MessageHeader in Arrow's Message.fbs. */
export const messages = { schema: 1, dictionary: 2, batch: 3 } as const;

/** A message of an Arrow file. */
export interface ArrowMessage {
  readonly kind: number;
  readonly header: FlatTable;
  /** Bytes of the file where its buffers start, and how many they have. */
  readonly bodyStart: number;
  readonly bodyLength: number;
}

const fileMagic = 'ARROW1';
const continuation = 0xffffffff;
const mostMetadata = 1 << 28;
const padded = 8;
const blockWords = 3; // of a place in the footer: offset, length of metadata, of the body

/** An Arrow file (also called Feather, version 2) or stream, of which only the bytes asked for are read. */
export class ArrowFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly size: number;

  private constructor(path: string, handle: FileHandle, size: number) {
    this.path = path;
    this.#handle = handle;
    this.size = size;
  }

  static async open(path: string): Promise<ArrowFile> {
    const handle = await open(path);
    return new ArrowFile(path, handle, (await handle.stat()).size);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  /** @throws RangeError for bytes that the file does not have */
  async bytes(start: number, length: number): Promise<Uint8Array> {
    if (start < 0 || length < 0 || start + length > this.size) throw new RangeError('it is cut off');
    const bytes = new Uint8Array(length);
    let read = 0;
    while (read < length) {
      const { bytesRead } = await this.#handle.read(bytes, read, length - read, start + read);
      if (bytesRead === 0) throw new RangeError('it is cut off');
      read += bytesRead;
    }
    return bytes;
  }

  /** The schema, dictionaries and batches, in an order in which each is told before it is needed. */
  async *messages(): AsyncGenerator<ArrowMessage> {
    const start = Buffer.from(await this.bytes(0, Math.min(padded, this.size))).toString('latin1');
    if (start.startsWith('FEA1'))
      throw new DataError('Feather of version 1; write it again by pyarrow.feather.write_feather, or as Parquet', { file: this.path });
    if (start.startsWith(fileMagic)) yield* this.#ofFooter();
    else yield* this.#ofStream();
  }

  async *#ofFooter(): AsyncGenerator<ArrowMessage> {
    const end = Buffer.from(await this.bytes(this.size - 10, 10));
    if (end.toString('latin1', 4) !== fileMagic) throw new RangeError('it is cut off: its end is missing');
    const length = end.readInt32LE(0);
    const footer = FlatTable.root(await this.bytes(this.size - 10 - length, length));
    const schema = footer.table(1);
    if (schema === null) throw new RangeError('it has no schema');
    yield { kind: messages.schema, header: schema, bodyStart: 0, bodyLength: 0 };
    for (const places of [footer.structs(2, blockWords), footer.structs(3, blockWords)])
      for (let i = 0; i < places.length; i += blockWords) {
        const message = await this.#messageAt(places[i]);
        if (message !== null) yield message;
      }
  }

  async *#ofStream(): AsyncGenerator<ArrowMessage> {
    let at = 0;
    while (at < this.size) {
      const message = await this.#messageAt(at);
      if (message === null) return;
      yield message;
      at = message.bodyStart + message.bodyLength;
    }
  }

  /** @returns null at the mark of the end */
  async #messageAt(start: number): Promise<ArrowMessage | null> {
    const head = Buffer.from(await this.bytes(start, Math.min(padded, this.size - start)));
    const marked = head.readUInt32LE(0) === continuation; // files before 2019 have none
    const length = marked ? head.readInt32LE(4) : head.readInt32LE(0);
    if (length === 0) return null;
    if (length < 0 || length > mostMetadata) throw new RangeError('it is neither an Arrow file nor a stream');
    const at = start + (marked ? 8 : 4);
    const message = FlatTable.root(await this.bytes(at, length));
    const header = message.table(2);
    if (header === null) throw new RangeError('a message without a header');
    const bodyLength = message.length(3);
    if (at + length + bodyLength > this.size) throw new RangeError('it is cut off');
    return { kind: message.uint8(1), header, bodyStart: at + length, bodyLength };
  }
}
