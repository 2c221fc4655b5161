import FastEnvironment from './fast-environment.js';

/** With the Float32Array that native code makes, which is another than that of a context. */
export default class NativeFloatsEnvironment extends FastEnvironment {
  constructor(...settings) {
    super(...settings);
    this.global.Float32Array = Float32Array;
  }
}
