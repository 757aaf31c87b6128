import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import type { Line } from '#shared/message/line.ts';

import { NumberRow } from './NumberRow.tsx';
import { UnlistedRow } from './UnlistedRow.tsx';
import type { CarrierNumber } from './use-numbers.ts';

type Props = {
  readonly rows: readonly CarrierNumber[] | null;
  readonly lines: readonly Line[];
  readonly connection: ConnectionView;
};

/** Every number of an account, and the lines whose numbers the carrier does not list. */
export function NumberTable({ rows, lines, connection }: Props): ReactElement {
  const numbers = rows ?? [];
  const listed = new Set(numbers.map(({ number }) => number));
  return (
    <table className="numbers">
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Type</th>
          <th scope="col">Registration</th>
          <th scope="col">Its texts</th>
          <th scope="col">Line</th>
        </tr>
      </thead>
      <tbody>
        {numbers.map((number) => (
          <NumberRow
            key={number.number}
            number={number}
            line={lines.find((each) => each.number === number.number)}
            connection={connection}
          />
        ))}
        {lines
          .filter(({ number }) => !listed.has(number))
          .map((line) => (
            <UnlistedRow key={line.id} line={line} isAsked={rows !== null} />
          ))}
      </tbody>
    </table>
  );
}
