import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { CopyButton } from '../controls/CopyButton.tsx';
import { purposeWords } from './purpose-words.ts';
import { isReachable } from './reachable.ts';

type Props = { readonly connection: ConnectionView };

/** The exact addresses to give to the carrier, by what it calls them for. */
export function HookAddresses({ connection }: Props): ReactElement {
  const { hooks } = connection;
  return (
    <>
      {isReachable(connection) ? null : <p className="warn">{whatIsMissing(connection)}</p>}
      <ul className="plain-list" aria-label="Webhook addresses">
        {hooks.map(({ purpose, url }) => (
          <li key={purpose}>
            <div className="row-line">
              <span className="hook-purpose">{purposeWords[purpose]}</span>
              <code className="hook-address">{url}</code>
              <CopyButton
                text={url}
                what={`the address for ${purposeWords[purpose].toLowerCase()}`}
              />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function whatIsMissing({ hooks }: ConnectionView): string {
  return hooks[0]?.url.startsWith('/')
    ? 'These are paths alone: set the public address, and it will stand before them.'
    : 'Only this machine reaches these addresses. Set the public address before you give them to the carrier.';
}
