import { stat } from 'node:fs/promises';

/**
 * What is another once a file holds something else: its place on the disk, size and times, one of which (of the inode) no program can set.
 * Fails as `stat` does.
 */
export async function fileVersion(file: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join(' ');
}
