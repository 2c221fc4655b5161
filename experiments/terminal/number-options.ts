import { InvalidArgumentError } from 'commander';
import { decimalOf } from '../../src/data/decimal.ts';

/** Takes a number that fits, as an option's value. @param rule what it must be, in a sentence */
export const numberOption = (rule: string, fits: (value: number, text: string) => boolean) => (text: string) => {
  const value = decimalOf(text, 'decimal');
  if (!Number.isNaN(value) && fits(value, text)) return value;
  throw new InvalidArgumentError(`It must be ${rule}.`);
};

export const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER) => {
  const taken = numberOption(`a whole number of at least ${least}`, (value) => Number.isInteger(value) && value >= least);
  return (text: string) => {
    const value = taken(text);
    if (value <= most) return value;
    throw new InvalidArgumentError(`It must be at most ${most}.`);
  };
};
