import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { FailureLine } from '../../controls/FailureLine.tsx';
import { TextField } from '../../controls/TextField.tsx';
import { useDeed } from '../../controls/use-deed.ts';
import { useScreen } from '../../screen/screen-context.ts';
import type { Carrier } from '../../store/connections-store.ts';
import { carrierPatience } from '../change-connection.ts';
import type { Offer } from './offer-words.ts';
import { OfferList } from './OfferList.tsx';

type Props = {
  readonly connection: ConnectionView;
  readonly carrier: Carrier;
  readonly onBought: () => void;
};

/** Looks for numbers the carrier has for sale. */
export function FindNumbers({ connection, carrier, onBought }: Props): ReactElement {
  const { host } = useScreen();
  const { isBusy, failure, run } = useDeed();
  const [tollFree, setTollFree] = useState(false);
  const [typed, setTyped] = useState('');
  const [offers, setOffers] = useState<readonly Offer[] | null>(null);
  const problem = areaCodeProblem(typed);
  const find = async (): Promise<void> => {
    const areaCode = tollFree || typed.trim() === '' ? null : typed.trim();
    const input = { connectionId: connection.id, areaCode, tollFree };
    setOffers((await host.call('numbers.search', input, carrierPatience)).offers);
  };
  const isReady = tollFree || problem === null;
  return (
    <section className="part">
      <h2>Numbers for sale at {carrier.capabilities.label}</h2>
      <form
        className="by-hand"
        aria-label="Numbers for sale"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void run(find);
        }}
      >
        <Kind tollFree={tollFree} onChoose={setTollFree} />
        {tollFree ? null : (
          <TextField
            label="Area code"
            value={typed}
            inputMode="numeric"
            maxLength={7}
            placeholder="206"
            isOptional
            problem={problem}
            hint="Three digits, or more of the number."
            onType={setTyped}
          />
        )}
        <button type="submit" className="ghost" disabled={isBusy || !isReady}>
          {isBusy ? 'Looking…' : 'Find numbers'}
        </button>
      </form>
      <FailureLine failure={failure} />
      {offers === null ? null : (
        <OfferList
          offers={offers}
          connection={connection}
          carrier={carrier}
          onBought={(bought) => {
            setOffers(offers.filter((offer) => offer !== bought));
            onBought();
          }}
        />
      )}
    </section>
  );
}

function areaCodeProblem(typed: string): string | null {
  return typed.trim() === '' || /^\d{3,7}$/u.test(typed.trim())
    ? null
    : 'Write three to seven digits, such as 206.';
}

type KindProps = { readonly tollFree: boolean; readonly onChoose: (tollFree: boolean) => void };

function Kind({ tollFree, onChoose }: KindProps): ReactElement {
  return (
    <fieldset className="kinds">
      <legend className="unseen">Kind of number</legend>
      {[
        { words: 'Local', value: false },
        { words: 'Toll-free', value: true },
      ].map(({ words, value }) => (
        <label key={words}>
          <input
            type="radio"
            name="kind-of-number"
            checked={tollFree === value}
            onChange={() => onChoose(value)}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
