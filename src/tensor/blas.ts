import { createRequire } from 'node:module';
import type { Product } from './product-network.ts';

/** A path of a BLAS library, tried before the usual names. */
const namedLibrary = 'COUNTERRANK_BLAS';

/** Libraries that are fast, by the names that systems give them; a reference BLAS is slower than the wasm backend, and none of them. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  linux: ['libopenblas.so.0', 'libopenblas.so', 'libmkl_rt.so.2', 'libmkl_rt.so', 'libblis.so.4', 'libblis.so'],
  darwin: [
    '/System/Library/Frameworks/Accelerate.framework/Accelerate',
    '/opt/homebrew/opt/openblas/lib/libopenblas.dylib',
    '/usr/local/opt/openblas/lib/libopenblas.dylib',
  ],
  win32: ['libopenblas.dll', 'openblas.dll', 'mkl_rt.2.dll', 'mkl_rt.dll'],
};

const install = 'install one, such as libopenblas0 (Debian, Ubuntu), openblas (Fedora, Homebrew, conda), or name it in $COUNTERRANK_BLAS';

/** Variables by which these libraries are told how many threads to use; read when they are loaded. */
const threadVariables = ['OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'BLIS_NUM_THREADS', 'VECLIB_MAXIMUM_THREADS', 'OMP_NUM_THREADS'];

/** Of CBLAS: matrices row by row; as they are stored, or transposed. */
const [rowMajor, asStored, transposed] = [101, 111, 112];

const gemm =
  'void cblas_sgemm(int order, int transA, int transB, int M, int N, int K, float alpha, const float *A, int lda, const float *B, int ldb, float beta, _Inout_ float *C, int ldc)';

/** What sets the number of threads in OpenBLAS, MKL and BLIS; the last takes its dim_t. */
const threadSetters = [
  'void openblas_set_num_threads(int n)',
  'void MKL_Set_Num_Threads(int n)',
  'void bli_thread_set_num_threads(int64 n)',
];

interface Koffi {
  readonly version: string;
  load(path: string): Library;
}

interface Library {
  func(prototype: string): (...values: (number | Float32Array)[]) => void;
}

/** A library that products are computed by. */
export interface Blas {
  readonly library: string;
  readonly version: string; // of koffi
  readonly product: Product;
  /** Threads of every product from now on. Throws where the library has no function for that. */
  useThreads(count: number): void;
}

/**
 * Products by `cblas_sgemm` of a system's BLAS, called through koffi on the typed arrays as they lie. One thread, unless the variables of the library
 * or {@link Blas.useThreads} say otherwise: seeds and runs fill the cores.
 * @throws Error in one line where koffi or a library is not there
 */
export function openBlas(): Blas {
  const koffi = loadKoffi();
  for (const variable of threadVariables) process.env[variable] ??= '1';
  const named = process.env[namedLibrary];
  const names = named ? [named] : (libraries[process.platform] ?? []);
  const reasons: string[] = [];
  for (const library of names)
    try {
      const opened = koffi.load(library);
      const product = productOf(opened.func(gemm));
      return { library, version: koffi.version, product, useThreads: (count) => setThreads(library, opened, count) };
    } catch (error) {
      reasons.push((error as Error).message.split('\n')[0]);
    }
  throw new Error(
    named ? `"${named}" of $${namedLibrary}: ${reasons[0]}` : `no BLAS library of the usual names (${names.join(', ')}); ${install}`,
  );
}

function setThreads(name: string, library: Library, count: number): void {
  for (const setter of threadSetters) {
    let set: ReturnType<Library['func']>;
    try {
      set = library.func(setter);
    } catch {
      continue; // of another library
    }
    set(count);
    return;
  }
  throw new Error(`"${name}" has no function that sets its threads; a variable of its own may (${threadVariables.join(', ')})`);
}

function loadKoffi(): Koffi {
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
    throw new Error(`koffi, which calls native libraries, ${missing ? 'is not installed' : `does not load: ${(error as Error).message}`}`);
  }
}

const productOf =
  (sgemm: (...values: (number | Float32Array)[]) => void): Product =>
  (form, { rows, columns, inner }, a, b, c) => {
    const [left, right] = [form === 'left-transposed' ? transposed : asStored, form === 'right-transposed' ? transposed : asStored];
    const [lda, ldb] = [form === 'left-transposed' ? rows : inner, form === 'right-transposed' ? inner : columns];
    sgemm(rowMajor, left, right, rows, columns, inner, 1, a, lda, b, ldb, 0, c, columns);
  };
