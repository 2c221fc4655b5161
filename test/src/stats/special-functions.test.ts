import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { erf, lgamma } from '../../../src/stats/special-functions.ts';
import { bundledProgram } from '../../experiments/sweep/built-program.ts';

test('ln Γ is ln (n − 1)! at whole numbers, ½ ln π at ½, and obeys Γ(x + 1) = x Γ(x)', () => {
  for (let n = 1, factorial = 1; n <= 20; factorial *= n++) expect(lgamma(n)).toBeCloseTo(Math.log(factorial), 8);
  expect(lgamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 9);
  for (const x of [0.3, 2.7, 11.4, 49.5]) expect(lgamma(x + 1) - lgamma(x)).toBeCloseTo(Math.log(x), 8);
});

test('erf is odd, and its Maclaurin series: 2/√π Σ (−1)ᵏ x^(2k+1)/(k! (2k + 1))', () => {
  for (const x of [0.1, 0.5, 1, 1.9]) {
    let [sum, term] = [0, x];
    for (let k = 0; k < 60; term *= (-x * x) / ++k) sum += term / (2 * k + 1);
    expect(erf(x)).toBeCloseTo((2 / Math.sqrt(Math.PI)) * sum, 13);
    expect(erf(-x)).toBe(-erf(x));
  }
});

test('of mathjs only what is used is in the build', () => {
  const index = pathToFileURL(resolve(bundledProgram(), 'src/index.js'));
  const script = `
    import module from 'node:module';
    const { studentTail } = await import('${index}');
    console.log(studentTail(1, 1), Object.keys(module._cache).some((path) => /node_modules.mathjs./.test(path)));`;
  const [tail, whole] = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).trim().split(' ');
  expect(Number(tail)).toBeCloseTo(1 - (2 * Math.atan(1)) / Math.PI, 9); // Cauchy's
  expect(whole).toBe('false');
});
