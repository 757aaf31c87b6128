import { useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import type { ConnectionRates } from '#shared/contract/cost-commands.ts';
import { rateWords } from '#shared/pricing/price-words.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { dayWords } from './day-words.ts';
import { ratesOf } from './rates-draft.ts';
import { RatesForm } from './RatesForm.tsx';
import { RatesTable } from './RatesTable.tsx';
import { RegistrationFees } from './RegistrationFees.tsx';

import './pricing.css';

/** What texts over a connection cost, and the way to say it better. */
export function RatesSection({
  connection,
}: {
  readonly connection: ConnectionView;
}): ReactElement | null {
  const known = useStore(useScreen().rates, ({ rates }) =>
    rates.find(({ connectionId }) => connectionId === connection.id),
  );
  const [edits, setEdits] = useState(false);
  if (known === undefined) return null;
  return (
    <section className="part" aria-labelledby="rates-title">
      <h2 id="rates-title">What texts cost</h2>
      <p className="quiet-words">
        {known.isUsual ? 'Usual prices' : 'Edited here'}, as of {dayWords(known.card.asOf)}. Prices
        shown before sending go by these; a bill may differ.
        {connection.origin === 'team' ? ' Everybody in the team sees the same ones.' : ''}
      </p>
      {edits ? (
        <RatesForm known={known} onClose={() => setEdits(false)} />
      ) : (
        <Shown known={known} onEdit={() => setEdits(true)} />
      )}
      <RegistrationFees numberType="10dlc" />
    </section>
  );
}

type ShownProps = { readonly known: ConnectionRates; readonly onEdit: () => void };

function Shown({ known, onEdit }: ShownProps): ReactElement {
  const { host } = useScreen();
  const { isBusy, failure, run } = useDeed();
  const { card, connectionId, isUsual } = known;
  const reset = () => host.call('rates.save', { connectionId, card: null });
  return (
    <>
      <RatesTable cell={(row, unit) => rateWords(ratesOf(card, row)[unit], card.currency)} />
      <FailureLine failure={failure} />
      <div className="deeds">
        <button type="button" className="ghost" onClick={onEdit}>
          Edit rates
        </button>
        {isUsual ? null : (
          <button type="button" className="ghost" disabled={isBusy} onClick={() => void run(reset)}>
            Reset to usual
          </button>
        )}
      </div>
    </>
  );
}
