import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

const places = { folder: process.cwd(), temporary: tmpdir() };
/**
 * Jest's Node environment in a plain context. The usual one intercepts every global name, so that `Math.exp` costs several times
 * its price and numerical tests crawl. Where Node lacks plain contexts (before 20.18) this is the usual environment.
 *
 * The folder for temporary files is one of the test file's own, and is removed with all that is left in it once its tests are done.
 *
 * Large packages are read, and compiled as they warm up, once a worker rather than once a test file: shared-packages/ asks for them here.
 */
export default class FastEnvironment extends TestEnvironment {
  /** Where the folder lies. */
  static place = () => places.temporary;

  constructor(...settings) {
    const temporary = mkdtempSync(join(new.target.place(), 'counterrank-tests-'));
    process.env.TMPDIR = temporary; // of this process, of the copy that tests get, and of what they start
    const { createContext } = vm;
    const plain = vm.constants.DONT_CONTEXTIFY;
    if (plain !== undefined) vm.createContext = () => createContext(plain);
    try {
      super(...settings);
    } finally {
      vm.createContext = createContext;
    }
    this.temporary = temporary;
    this.global.sharedPackages = { import: (name) => import(name), require: createRequire(import.meta.url) };
  }

  async teardown() {
    await super.teardown();
    process.chdir(places.folder); // tests may have gone into it
    process.env.TMPDIR = places.temporary;
    rmSync(this.temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}
