/** How documents of equal score are ranked: by id, as trec_eval does; in every order, the mean of which counts; by the rank column. */
export const tieRules = ['id', 'expected', 'rank'] as const;
export type TieRule = (typeof tieRules)[number];
