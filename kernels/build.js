import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from 'assemblyscript/asc';

/** `npm run kernels`: compiles the AssemblyScript of this folder to src/kernels/module.ts, which is committed. */
const root = join(import.meta.dirname, '..');

/** @returns the text of that file */
export async function compiled() {
  let bytes;
  const { error, stderr } = await main(
    [
      'kernels/index.ts',
      ...['--outFile', 'kernels.wasm', '--runtime', 'stub', '--use', 'abort=', '--importMemory', '--noExportMemory'],
      ...['--enable', 'simd', '-O3', '--converge'],
    ],
    {
      writeFile(_name, contents) {
        bytes = contents;
      },
    },
    { baseDir: root },
  );
  if (error) throw new Error(stderr.toString());
  return `/** The WebAssembly of kernels/, in base64; made by \`npm run kernels\`. */
export const kernelModule =
  '${Buffer.from(bytes).toString('base64')}';
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, 'src/kernels/module.ts'), await compiled());
