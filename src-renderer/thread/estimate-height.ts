import type { LogRow } from './log-rows.ts';
import { longestShown } from './longest-shown.ts';

const lineHeight = 19;
const unitsInLine = 62;
const unitsInNoteLine = 100;
const separator = 36;
const picture = 148;

/** Height of a row in CSS pixels before it was drawn; a good guess keeps the scroll bar calm. */
export function estimateHeight({ entry, opensDay, opensNew }: LogRow): number {
  const above = (opensDay ? separator : 0) + (opensNew ? separator : 0);
  if (entry.kind === 'call') return above + 46;
  if (entry.kind === 'voicemail') return above + 96;
  if (entry.kind === 'note' || entry.kind === 'system') {
    const frame = entry.kind === 'note' ? 46 : 16;
    return above + Math.ceil(shownUnits(entry.text) / unitsInNoteLine) * lineHeight + frame;
  }
  const lines = Math.max(1, Math.ceil(shownUnits(entry.text) / unitsInLine));
  const words = entry.text === '' && entry.media.length > 0 ? 0 : lines * lineHeight + 19;
  const trouble = entry.state === 'failed' || entry.state === 'unknown' ? 48 : 0;
  return above + entry.media.length * picture + words + 30 + trouble;
}

const shownUnits = (text: string): number => Math.max(1, Math.min(text.length, longestShown));
