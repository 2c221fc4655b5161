/**
 * Whether a notebook should use small sizes, to see that it runs: COUNTERRANK_QUICK=1, or `counterrank notebook --quick`.
 * What it then shows is no finding.
 */
export const isQuick = (): boolean => process.env.COUNTERRANK_QUICK === '1';
