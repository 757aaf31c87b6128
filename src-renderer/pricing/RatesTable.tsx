import type { ReactElement, ReactNode } from 'react';

import { numberTypeWords } from '../connections/number-type-words.ts';
import { type RateRow, rateRows, units } from './rates-draft.ts';

type Props = {
  /** What stands in a cell. */
  readonly cell: (row: RateRow, unit: (typeof units)[number]) => ReactNode;
};

/** The name of a row. */
export const rowWords = (row: RateRow): string =>
  row === 'rate' ? 'The provider’s rate' : `Carriers add: ${numberTypeWords[row]}`;

export const unitWords = { segment: 'Per segment', mms: 'Per MMS' } as const;

/** What texts cost, the provider's rate first and what carriers add below it. */
export function RatesTable({ cell }: Props): ReactElement {
  return (
    <table className="rates">
      <thead>
        <tr>
          <td />
          {units.map((unit) => (
            <th key={unit} scope="col">
              {unitWords[unit]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rateRows.map((row) => (
          <tr key={row}>
            <th scope="row">{rowWords(row)}</th>
            {units.map((unit) => (
              <td key={unit}>{cell(row, unit)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
