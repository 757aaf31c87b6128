import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { counted } from '../../controls/tell-amount.ts';
import type { Carrier } from '../../store/connections-store.ts';
import { BuyDialog } from './BuyDialog.tsx';
import { priceWords } from './offer-words.ts';
import type { Offer } from './offer-words.ts';

type Props = {
  readonly offers: readonly Offer[];
  readonly connection: ConnectionView;
  readonly carrier: Carrier;
  readonly onBought: (offer: Offer) => void;
};

/** Numbers for sale with their prices. Nothing is bought before a dialog named number and price. */
export function OfferList({ offers, connection, carrier, onBought }: Props): ReactElement {
  const [wanted, setWanted] = useState<Offer | null>(null);
  return (
    <>
      <p role="status" className="quiet-words">
        {offers.length === 0
          ? 'The carrier has none for sale there now. Try another area code.'
          : `${counted(offers.length, 'number')} for sale`}
      </p>
      <ul className="plain-list" aria-label="Numbers for sale">
        {offers.map((offer) => (
          <li key={offer.number}>
            <div className="row-line">
              <span className="digits">{formatPeer(offer.number)}</span>
              <span className="quiet-words grow">{about(offer)}</span>
              <span className="price">{priceWords(offer) ?? 'Price not told'}</span>
              {carrier.capabilities.buysNumbers ? (
                <button
                  type="button"
                  className="ghost"
                  aria-label={`Buy ${formatPeer(offer.number)}…`}
                  onClick={() => setWanted(offer)}
                >
                  Buy…
                </button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {wanted === null ? null : (
        <BuyDialog
          key={wanted.number}
          offer={wanted}
          connection={connection}
          carrierName={carrier.capabilities.label}
          onClose={() => setWanted(null)}
          onBought={() => {
            setWanted(null);
            onBought(wanted);
          }}
        />
      )}
    </>
  );
}

function about({ place, sms, mms }: Offer): string {
  const can = [sms ? 'SMS' : '', mms ? 'MMS' : ''].filter(Boolean).join(' · ');
  return [place ?? '', can].filter(Boolean).join(' · ');
}
