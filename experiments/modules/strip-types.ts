import { createRequire } from 'node:module';

/** TypeScript as JavaScript, every statement still on its line. @throws SyntaxError with the place as `loc` */
export function stripTypes(source: string): string {
  const { transform } = createRequire(import.meta.url)('sucrase') as typeof import('sucrase'); // takes a fifth of a second to read: few need it
  return transform(source, { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: false }).code;
}
