import { systemClock } from '#main/log/system-clock.ts';
import type { FormatName } from '#main/review/export-format.ts';
import { exportHistory } from '#main/review/export-history.ts';
import type { Wanted } from '#main/review/wanted-entries.ts';

export type ExportedRow = Record<string, unknown> & {
  uid: string;
  at: string;
  kind: string;
  peer: string;
  text: string | null;
};

type Asked = Partial<Wanted> & {
  readonly format?: FormatName;
  /** Is called with each piece before the next one is made. */
  readonly onPiece?: (piece: string) => void;
};

/** Everything that an export of this folder says. */
export async function exportText(dataFolder: string, asked: Asked = {}): Promise<string> {
  const { format = 'jsonl', onPiece = () => undefined, ...more } = asked;
  const pieces: string[] = [];
  await exportHistory(
    {
      dataFolder,
      format,
      wanted: { line: null, since: null, until: null, order: 'thread', ...more },
      clock: systemClock,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
    async (piece) => {
      pieces.push(piece);
      onPiece(piece);
    },
  );
  return pieces.join('');
}

export const rowsOf = (jsonl: string): ExportedRow[] =>
  jsonl
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ExportedRow);

export async function exportRows(dataFolder: string, asked: Asked = {}): Promise<ExportedRow[]> {
  return rowsOf(await exportText(dataFolder, asked));
}
