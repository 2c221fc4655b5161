import { transform } from 'sucrase';

/** TypeScript as JavaScript, every statement still on its line. @throws SyntaxError with the place as `loc` */
export const stripTypes = (source: string): string =>
  transform(source, { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: false }).code;
