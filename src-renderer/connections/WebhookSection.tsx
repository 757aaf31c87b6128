import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import type { Carrier } from '../store/connections-store.ts';
import { HookAddresses } from './HookAddresses.tsx';
import { PublicAddress } from './PublicAddress.tsx';
import { WriteHooks } from './WriteHooks.tsx';

type Props = { readonly connection: ConnectionView; readonly carrier: Carrier | undefined };

/** Where the carrier should call, and how it comes to know. */
export function WebhookSection({ connection, carrier }: Props): ReactElement {
  if (connection.hooks.length === 0)
    return (
      <section className="part">
        <h2>Webhooks</h2>
        <p className="quiet-words">
          {connection.inboundRoad === 'session'
            ? 'None are needed: texts come over the standing session.'
            : 'This carrier calls nobody, so there is no address to give to it.'}
        </p>
      </section>
    );
  return (
    <section className="part">
      <h2>Webhooks</h2>
      <PublicAddress connection={connection} />
      <HookAddresses connection={connection} />
      {carrier?.capabilities.configuresWebhooks ? (
        <WriteHooks connection={connection} carrier={carrier} />
      ) : null}
    </section>
  );
}
