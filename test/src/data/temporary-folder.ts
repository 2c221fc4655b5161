import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that lives as long as the tests of one file. `put` writes a file into it and returns its path. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'counterrank-'));
  afterAll(() => rmSync(path, { recursive: true }));
  return {
    path,
    in: (name: string) => join(path, name),
    put(name: string, content: string | Uint8Array): string {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
  };
}
