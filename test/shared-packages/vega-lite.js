export const { compile } = await sharedPackages.import('vega-lite');
