import '../modules/tier-up.ts';

await import('../parts/parts.ts'); // a part of it first: fewer files are open at once
await import('./serve-runs.ts');
