import type { ExportFormat, FormatName } from './export-format.ts';
import { csvFormat } from './format-csv.ts';
import { htmlFormat } from './format-html.ts';
import { jsonlFormat } from './format-jsonl.ts';
import type { Wanted } from './wanted-entries.ts';

/** The format of this name, for one export in this order. */
export function openFormat(name: FormatName, order: Wanted['order']): ExportFormat {
  switch (name) {
    case 'jsonl':
      return jsonlFormat;
    case 'csv':
      return csvFormat;
    case 'html':
      return htmlFormat(order);
  }
}
