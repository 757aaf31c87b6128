import type { ReactElement } from 'react';

import type { CostRow } from '#shared/contract/cost-commands.ts';
import type { Line } from '#shared/message/line.ts';

import { LineName } from '../connections/LineName.tsx';
import { inDigits } from '../controls/tell-amount.ts';
import { dayWords } from '../pricing/day-words.ts';
import { billedWords, estimatedWords, totalWords } from './money-line.ts';

type Props = {
  readonly rows: readonly CostRow[];
  readonly lines: readonly Line[];
  readonly today: string;
};

/** What went out and what it cost, a row for each line of each day. */
export function CostTable({ rows, lines, today }: Props): ReactElement {
  return (
    <table className="costs">
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Line</th>
          {['Texts', 'Segments', 'MMS', 'Billed', 'Estimated', 'Together'].map((name) => (
            <th key={name} scope="col" className="amount">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <CostLine
            key={`${row.day} ${row.lineId}`}
            row={row}
            line={lines.find(({ id }) => id === row.lineId)}
            day={row.day === today ? 'Today' : dayWords(row.day)}
          />
        ))}
      </tbody>
    </table>
  );
}

type LineProps = { readonly row: CostRow; readonly line: Line | undefined; readonly day: string };

function CostLine({ row, line, day }: LineProps): ReactElement {
  const amounts = [
    inDigits(row.texts),
    inDigits(row.segments),
    inDigits(row.mms),
    billedWords(row.sums),
    estimatedWords(row.sums),
    totalWords(row.sums),
  ];
  return (
    <tr>
      <th scope="row">{day}</th>
      <td>{line === undefined ? 'A line that is gone' : <LineName line={line} />}</td>
      {amounts.map((words, at) => (
        <td key={at} className="amount">
          {words}
        </td>
      ))}
    </tr>
  );
}
