import { maxMedia } from './capabilities.ts';

/** For how many attachments these templates have a place: every one, or as many as are numbered. */
export function mediaPlacesIn(templates: readonly string[]): number {
  const named = templates.flatMap((text) => [...text.matchAll(/\{\{\s*media([1-9])?\s*\}\}/g)]);
  if (named.some(([, nth]) => nth === undefined)) return maxMedia;
  return Math.max(0, ...named.map(([, nth]) => Number(nth)));
}
