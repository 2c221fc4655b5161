import { createRequire } from 'node:module';
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's Node environment in a plain context. The usual one intercepts every global name, so that `Math.exp` costs several times
 * its price and numerical tests crawl. Where Node lacks plain contexts (before 20.18) this is the usual environment.
 *
 * Large packages are read, and compiled as they warm up, once a worker rather than once a test file: shared-packages/ asks for them here.
 */
export default class FastEnvironment extends TestEnvironment {
  constructor(...settings) {
    const { createContext } = vm;
    const plain = vm.constants.DONT_CONTEXTIFY;
    if (plain !== undefined) vm.createContext = () => createContext(plain);
    try {
      super(...settings);
    } finally {
      vm.createContext = createContext;
    }
    this.global.sharedPackages = { import: (name) => import(name), require: createRequire(import.meta.url) };
  }
}
