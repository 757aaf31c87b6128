import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { counted } from '../controls/tell-amount.ts';
import { TimeAgo } from '../controls/TimeAgo.tsx';
import { roadWords } from './road-words.ts';

type Props = { readonly connection: ConnectionView };

/** How a connection fares: the road in, what last came over it, and calls that were not the carrier's. */
export function Standing({ connection }: Props): ReactElement {
  const { inboundRoad, lastInboundAt, lastReceiptAt, signatureFailures } = connection;
  return (
    <dl className="standing">
      <div>
        <dt>Incoming</dt>
        <dd className={inboundRoad === 'none' ? 'warn' : undefined}>{roadWords[inboundRoad]}</dd>
      </div>
      <div>
        <dt>Last inbound</dt>
        <dd>{lastInboundAt === null ? 'nothing yet' : <TimeAgo at={lastInboundAt} />}</dd>
      </div>
      <div>
        <dt>Last receipt</dt>
        <dd>{lastReceiptAt === null ? 'none yet' : <TimeAgo at={lastReceiptAt} />}</dd>
      </div>
      {signatureFailures === 0 ? null : (
        <div>
          <dt>Wrong signature</dt>
          <dd className="warn">{counted(signatureFailures, 'call')} refused</dd>
        </div>
      )}
    </dl>
  );
}
