import { UsageError } from '../errors.ts';

/** The highest grade y with an exponential gain 2^y − 1: up to here sums over documents, and squares of those, are finite numbers. */
export const HIGHEST_EXPONENTIAL_GRADE = 400;

/** 2^y, without a call of the power function for the whole grades that nearly all are. @throws UsageError on a grade above 400 */
export const twoToThe = (grade: number): number =>
  grade >= 0 && grade < 31 && Math.trunc(grade) === grade ? 1 << grade : grade > HIGHEST_EXPONENTIAL_GRADE ? tooHigh(grade) : 2 ** grade;

function tooHigh(grade: number): never {
  throw new UsageError(
    `label ${grade} has no finite exponential gain; use linear gain, or grades of a smaller scale (at most ${HIGHEST_EXPONENTIAL_GRADE})`,
  );
}
