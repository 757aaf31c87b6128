import type { ReactElement } from 'react';

import type { Recipients } from '#shared/broadcast/read-recipients.ts';

import { counted } from '../controls/tell-amount.ts';

type Props = { readonly recipients: Recipients };

/** What was understood of the people that were pasted: how many, and every line that is left out, with why. */
export function ReadRecipients({ recipients }: Props): ReactElement {
  const { people, bad, doubled } = recipients;
  return (
    <div className="read-recipients">
      <p role="status">
        {counted(people.length, 'person', 'people')}
        {bad.length === 0 ? '' : ` · ${counted(bad.length, 'line')} left out`}
        {doubled.length === 0
          ? ''
          : ` · ${counted(doubled.length, 'number')} came twice, texted once`}
      </p>
      {bad.length + doubled.length === 0 ? null : (
        <details>
          <summary>Lines left out</summary>
          <ul className="left-out" tabIndex={0} aria-label="Lines left out">
            {bad.map(({ line, reason }, place) => (
              <li key={`${line} ${place}`}>
                Line {line}: {reason}
              </li>
            ))}
            {doubled.map(({ line, first, peer }, place) => (
              <li key={`${line} ${place} again`}>
                Line {line}: {peer} stood on line {first} already.
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
