import { useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { SmallForm } from '../connections/SmallForm.tsx';
import { TextField } from '../controls/TextField.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { type Rates, perSecond, rateOf, speedWords } from './speed-words.ts';

type Props = { readonly connection: ConnectionView };

/** How fast a connection may send, and the way to set what its carrier granted. */
export function SpeedSection({ connection }: Props): ReactElement | null {
  const book = useStore(useScreen().registration, (known) => known.book);
  const [isOpen, setOpen] = useState(false);
  const known = book?.connections.find(({ connectionId }) => connectionId === connection.id);
  if (known === undefined) return null;
  return (
    <section className="part" aria-label="Speed">
      <div className="part-head">
        <h2>Speed</h2>
        <button
          type="button"
          className="ghost"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          Change speed
        </button>
      </div>
      <p className="quiet-words">
        {speedWords(known.rates)} {known.isUsual ? 'This is usual with the carrier.' : 'Set here.'}{' '}
        What is more waits for its turn.
      </p>
      {isOpen ? (
        <SpeedForm connection={connection} rates={known.rates} onClose={() => setOpen(false)} />
      ) : null}
    </section>
  );
}

type FormProps = Props & { readonly rates: Rates; readonly onClose: () => void };

function SpeedForm({ connection, rates, onClose }: FormProps): ReactElement {
  const { host } = useScreen();
  const [sms, setSms] = useState(perSecond(rates?.sms ?? null));
  const [mms, setMms] = useState(perSecond(rates?.mms ?? null));
  const isUsual = sms.trim() === '';
  const wanted = { sms: rateOf(sms), mms: rateOf(mms) };
  const smsProblem = isUsual || wanted.sms !== null ? null : problem;
  const mmsProblem = mms.trim() === '' || wanted.mms !== null ? null : problem;
  return (
    <SmallForm
      name={`Speed of ${connection.label}`}
      action="Save"
      isReady={smsProblem === null && mmsProblem === null}
      onClose={onClose}
      deed={() =>
        host.call('throughput.set', {
          connectionId: connection.id,
          rates: wanted.sms === null ? null : { sms: wanted.sms, mms: wanted.mms },
        })
      }
    >
      <TextField
        label="Texts a second"
        isOptional
        hint="Left empty, what is usual with the carrier holds."
        value={sms}
        maxLength={5}
        problem={smsProblem}
        onType={setSms}
      />
      <TextField
        label="MMS a second"
        isOptional
        hint="Such as 0.25 for one in four seconds."
        value={mms}
        maxLength={5}
        problem={mmsProblem}
        onType={setMms}
      />
    </SmallForm>
  );
}

const problem = 'A number from 0.01 to 1000.';
