import type { ExportFormat } from './export-format.ts';

/** One JSON object on each line, and nothing else. */
export const jsonlFormat: ExportFormat = {
  head: () => '',
  entry: (entry) => `${onOneLine(JSON.stringify(entry))}\n`,
  foot: () => '',
};

/* JSON allows these three in a string as they are, and some readers of lines take them for the end of one. */
const onOneLine = (json: string): string =>
  json.replaceAll(
    /[\u0085\u2028\u2029]/g,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
