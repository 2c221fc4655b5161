import { setFlagsFromString } from 'node:v8';

/**
 * To be read before all else by a program: how much of a function V8 interprets before it compiles it to the full, in bytes of bytecode (65 KiB
 * at first). Small commands are over before what that costs comes back, and large ones lose some milliseconds. The flag is that of Node 20 and 21.
 */
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=1200000');
