import { gsmDefaultAlphabet } from './gsm-default-alphabet.ts';
import { gsmExtension } from './gsm-extension.ts';
import { nationalLockingTables } from './national-locking-tables.ts';
import { nationalSingleShiftTables } from './national-single-shift-tables.ts';
import { readCodeTable } from './read-code-table.ts';

const remembering = (written: Readonly<Record<number, string>>, otherwise: Uint16Array) => {
  const tables = new Map<number, Uint16Array>();
  return (language: number): Uint16Array => {
    const cells = written[language];
    if (cells === undefined) return otherwise;
    const table = tables.get(language) ?? readCodeTable(cells);
    tables.set(language, table);
    return table;
  };
};

/**
 * The alphabet of a language number (3GPP TS 23.038 §6.2.1.2.4), or the default alphabet where that
 * language has none or is not known. For decoding only: carriers do not honour national tables in
 * what is sent to them.
 */
export const lockingTable = remembering(nationalLockingTables, gsmDefaultAlphabet);

/** What follows an escape in a language, or the default extension table where it has none. */
export const singleShiftTable = remembering(nationalSingleShiftTables, gsmExtension);
