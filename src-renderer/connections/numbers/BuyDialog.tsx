import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { ConfirmDialog } from '../../controls/ConfirmDialog.tsx';
import { FailureLine } from '../../controls/FailureLine.tsx';
import { TextField } from '../../controls/TextField.tsx';
import { useDeed } from '../../controls/use-deed.ts';
import { useScreen } from '../../screen/screen-context.ts';
import { announce } from '../../store/announce.ts';
import { buyNumber } from './buy-number.ts';
import { priceWords } from './offer-words.ts';
import type { Offer } from './offer-words.ts';

type Props = {
  readonly offer: Offer;
  readonly connection: ConnectionView;
  readonly carrierName: string;
  readonly onClose: () => void;
  readonly onBought: () => void;
};

/** Names the number and its price, and buys it only when that is confirmed. */
export function BuyDialog(props: Props): ReactElement {
  const { offer, connection, carrierName, onClose, onBought } = props;
  const screen = useScreen();
  const { isBusy, failure, run } = useDeed();
  const shown = formatPeer(offer.number);
  const [label, setLabel] = useState((offer.place ?? shown).slice(0, 60));
  const problem = label.trim() === '' ? 'A line needs a name.' : null;
  const price = priceWords(offer);
  const buy = async (): Promise<void> => {
    const wanted = { connectionId: connection.id, offer, label: label.trim() };
    if (!(await run(() => buyNumber(screen, wanted)))) return;
    announce(screen, `${shown} is bought and a line now.`);
    onBought();
  };
  return (
    <ConfirmDialog
      open
      onClose={isBusy ? () => undefined : onClose}
      title={`Buy ${shown}?`}
      action={
        <button
          type="button"
          className="button"
          disabled={isBusy || problem !== null}
          onClick={() => void buy()}
        >
          {isBusy ? 'Buying…' : price === null ? 'Buy at an unknown price' : `Buy for ${price}`}
        </button>
      }
    >
      <p>
        {price === null
          ? `${carrierName} does not tell the price of ${shown}. Look it up with the carrier before you buy.`
          : `${shown} costs ${price}, charged to ${accountWords(carrierName, connection)}.`}
      </p>
      <TextField
        label="Name of the line"
        value={label}
        maxLength={60}
        problem={problem}
        onType={setLabel}
      />
      <FailureLine failure={failure} />
    </ConfirmDialog>
  );
}

function accountWords(carrierName: string, { label }: ConnectionView): string {
  return label === carrierName
    ? `your ${carrierName} account`
    : `the ${carrierName} account “${label}”`;
}
