import type { ReactElement } from 'react';

import type { AuditRow } from '#shared/contract/cost-commands.ts';
import { evidenceWords } from '#shared/pricing/audit-words.ts';
import { priceWords } from '#shared/pricing/price-words.ts';

import { CopyButton } from '../controls/CopyButton.tsx';
import { inDigits } from '../controls/tell-amount.ts';
import { exactTime } from '../controls/tell-time.ts';

/** Texts billed for more segments than they have, each with its evidence to be copied. */
export function AuditTable({ rows }: { readonly rows: readonly AuditRow[] }): ReactElement {
  return (
    <table className="costs">
      <thead>
        <tr>
          <th scope="col">Carrier’s id</th>
          <th scope="col">Sent</th>
          <th scope="col" className="amount">
            Ours
          </th>
          <th scope="col" className="amount">
            Billed
          </th>
          <th scope="col" className="amount">
            Too much
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Difference key={row.entryId} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Difference({ row }: { readonly row: AuditRow }): ReactElement {
  const { providerMessageId, uid, at, ours, theirs, overMicros, currency } = row;
  return (
    <tr>
      <th scope="row">
        <code>{providerMessageId ?? 'none'}</code>
        <small>
          {row.connectionLabel} · {inDigits(row.length)} characters, {row.encoding}
        </small>
      </th>
      <td>{exactTime(at)}</td>
      <td className="amount">{inDigits(ours)}</td>
      <td className="amount">{inDigits(theirs)}</td>
      <td className="amount">
        {overMicros === null ? 'no price' : priceWords([overMicros, overMicros], currency)}
      </td>
      <td className="amount">
        <CopyButton
          text={evidenceWords(row)}
          what={`the evidence for ${providerMessageId ?? uid}`}
        />
      </td>
    </tr>
  );
}
