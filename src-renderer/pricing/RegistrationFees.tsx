import type { ReactElement } from 'react';

import type { NumberType } from '#shared/message/line.ts';
import { registrationFees } from '#shared/pricing/registration-fees.ts';
import { registrationWords } from '#shared/pricing/registration-words.ts';

import { Disclosure } from '../controls/Disclosure.tsx';
import { dayWords } from './day-words.ts';

/** What it costs to be let send from a number of a kind, besides its texts. */
export function RegistrationFees({
  numberType,
}: {
  readonly numberType: NumberType;
}): ReactElement {
  if (numberType === 'toll-free')
    return <p className="quiet-words">Verifying a toll-free number costs nothing.</p>;
  if (numberType === 'short-code')
    return (
      <p className="quiet-words">
        The lease of a short code and its set-up are billed by the provider, apart from texts.
      </p>
    );
  return (
    <Disclosure title="Registration fees for 10DLC, not counted above" startsOpen={false}>
      <dl className="fees">
        {registrationWords(registrationFees).map(({ name, amount }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="price">{amount}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet-words">
        As of {dayWords(registrationFees.asOf)}, where the number is in the United States.
      </p>
    </Disclosure>
  );
}
