import { InvalidArgumentError } from 'commander';

/** Takes a number that fits, as an option's value. @param rule what it must be, in a sentence */
export const numberOption = (rule: string, fits: (value: number, text: string) => boolean) => (text: string) => {
  const value = Number(text);
  if (text.trim() !== '' && fits(value, text)) return value;
  throw new InvalidArgumentError(`It must be ${rule}.`);
};

export const wholeNumber = (least: number) =>
  numberOption(`a whole number of at least ${least}`, (value, text) => /^\d+$/.test(text) && value >= least);
