import type { Product } from './product-network.ts';

/** Products by loops over typed arrays, which need nothing: rows of B are gone over in order, whatever is transposed, so that memory is read as it lies. */
export const plainProduct: Product = (form, { rows, columns, inner }, a, b, c) => {
  if (form === 'right-transposed') {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += a[i * inner + k] * b[j * inner + k];
        c[i * columns + j] = sum;
      }
    return;
  }
  const [ofRow, ofInner] = form === 'plain' ? [inner, 1] : [1, rows];
  c.fill(0, 0, rows * columns);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++) {
      const weight = a[i * ofRow + k * ofInner];
      for (let j = 0; j < columns; j++) c[i * columns + j] += weight * b[k * columns + j];
    }
};
