import { UsageError } from '../errors.ts';

/** Whether an error came from the system or a Node library (it has a `code`). No `instanceof`: it may be of another realm. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}

/** The part of a sentence after "cannot read/write: " that says what is wrong and the way out. */
export function systemReason({ code, message }: NodeJS.ErrnoException): string {
  return (code !== undefined && reasons[code]) || message;
}

/** For a `catch`: throws a UsageError that begins with what could not be done, such as `cannot write "file"`, and says why; another error as it is. */
export const cannot =
  (what: string) =>
  (error: unknown): never => {
    throw isSystemError(error) ? new UsageError(`cannot ${what}: ${systemReason(error)}`) : error;
  };

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder; check the path',
  ENOTDIR: 'a part of its path is a file, not a folder; check the path',
  EACCES: 'no right to; check its permissions or choose another place',
  EPERM: 'no right to; check its permissions or choose another place',
  EROFS: 'the disk is read-only; choose another place',
  EISDIR: 'it is a folder; name a file',
  ENOSPC: 'the disk is full; make room or choose another place',
  EDQUOT: 'your share of the disk is full; make room or choose another place',
  EEXIST: 'something of that name exists; nothing is overwritten: choose another name, or move it away',
  ENOTEMPTY: 'something of that name exists; nothing is overwritten: choose another name, or move it away',
  ENAMETOOLONG: 'a name in its path is too long; choose a shorter one',
  ELOOP: 'a link in its path leads back to itself; check the path',
  EIO: 'the disk failed; see what the system says of it, or choose another place',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  ENFILE: 'too many files are open on this machine',
};
