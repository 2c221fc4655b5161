export const { parse, textMetrics, View } = await sharedPackages.import('vega');
