import { UsageError } from '../errors.ts';

/** File systems take 255 bytes; what is written beside a file, or numbered, adds to its name. */
const mostBytes = 200;
/** What Windows keeps for its devices, whatever the ending. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Why a text cannot name a file or folder on every system, as the end of a sentence; null where it can. A name is one part of a path: it
 * leads to no other folder.
 */
export function pathNameFault(name: string): string | null {
  const bytes = Buffer.byteLength(name);
  if (bytes > mostBytes) return `must name a file: at most ${mostBytes} bytes long, got ${bytes}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (name === '' || /^\.{1,2}$|[/\\:*?"<>|\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]|[. ]$/u.test(name))
    return 'must name a file: no / \\ : * ? " < > | or control character, no dot or blank at its end';
  return devices.test(name) ? 'must name a file: Windows keeps this name for a device' : null;
}

/** The name. @throws UsageError where it cannot name a file: no text of a file's is put into a path unless it has passed here */
export function checkPathName(name: string): string {
  const fault = pathNameFault(name);
  if (fault !== null) throw new UsageError(`${JSON.stringify(name.slice(0, 60))} ${fault}`);
  return name;
}
