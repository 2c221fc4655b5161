export const { parse, View } = await sharedPackages.import('vega');
