import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionRates } from '#shared/contract/cost-commands.ts';
import { readRange } from '#shared/pricing/read-range.ts';

import { SmallForm } from '../connections/SmallForm.tsx';
import { TextField } from '../controls/TextField.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { type RatesDraft, cardOf, draftOf, withCell } from './rates-draft.ts';
import { RatesTable, rowWords, unitWords } from './RatesTable.tsx';

type Props = { readonly known: ConnectionRates; readonly onClose: () => void };

/** Changes what texts over a connection cost. */
export function RatesForm({ known, onClose }: Props): ReactElement {
  const { host, clock } = useScreen();
  const [draft, setDraft] = useState(() => draftOf(known.card, dayOf(clock.now())));
  const card = cardOf(draft);
  const { connectionId } = known;
  return (
    <SmallForm
      name="Rates"
      action="Save"
      isReady={card !== null}
      onClose={onClose}
      deed={() => host.call('rates.save', { connectionId, card })}
    >
      <p className="quiet-words">
        An amount such as 0.0083, or from the least to the most such as 0.003–0.005.
      </p>
      <RatesTable
        cell={(row, unit) => (
          <input
            className="digits"
            aria-label={`${rowWords(row)}, ${unitWords[unit].toLowerCase()}`}
            inputMode="decimal"
            value={draft.cells[row][unit]}
            aria-invalid={readRange(draft.cells[row][unit]) === null}
            onChange={({ target }) => setDraft(withCell(draft, { row, unit }, target.value))}
          />
        )}
      />
      <Particulars draft={draft} onChange={setDraft} />
      {card === null ? <p className="form-hint bad">{problemOf(draft)}</p> : null}
    </SmallForm>
  );
}

type ParticularsProps = {
  readonly draft: RatesDraft;
  readonly onChange: (draft: RatesDraft) => void;
};

function Particulars({ draft, onChange }: ParticularsProps): ReactElement {
  return (
    <div className="by-hand">
      <TextField
        label="Currency"
        value={draft.currency}
        maxLength={3}
        onType={(currency) => onChange({ ...draft, currency })}
      />
      <TextField
        label="As of"
        type="date"
        value={draft.asOf}
        onType={(asOf) => onChange({ ...draft, asOf })}
      />
    </div>
  );
}

function problemOf({ asOf, currency, cells }: RatesDraft): string {
  const amounts = Object.values(cells).flatMap(({ segment, mms }) => [segment, mms]);
  const wrong = amounts.find((written) => readRange(written) === null);
  if (wrong !== undefined) return `“${wrong}” is no amount, and no range from less to more.`;
  if (currency.trim().length !== 3) return 'A currency has three letters, such as USD.';
  return asOf === '' ? 'Say as of which day the rates are.' : 'These rates cannot be kept.';
}

/** The day of a moment by this computer's clock. */
function dayOf(now: number): string {
  const date = new Date(now);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
