import type { ExportedEntry } from './exported-entry.ts';
import type { Wanted } from './wanted-entries.ts';

/** What an export is of, for those forms that say so. */
export type About = {
  readonly wanted: Wanted;
  readonly total: number;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
};

/** How an export is written down, piece by piece: a head, every entry after the one before it, a foot. */
export type ExportFormat = {
  head(about: About): string;
  entry(entry: ExportedEntry, before: ExportedEntry | null): string;
  foot(about: About): string;
};

export const formatNames = ['jsonl', 'csv', 'html'] as const;
export type FormatName = (typeof formatNames)[number];
