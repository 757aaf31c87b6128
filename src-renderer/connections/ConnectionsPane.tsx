import type { ReactElement } from 'react';

import type { ConnectionsPlace } from '../store/place-store.ts';
import { ConnectCarrier } from './connect/ConnectCarrier.tsx';
import { ConnectionList } from './ConnectionList.tsx';
import { ConnectionPage } from './ConnectionPage.tsx';
import { NumbersPage } from './numbers/NumbersPage.tsx';

import './connections.css';
import './numbers/numbers.css';
import './connect/connect.css';

type Props = { readonly at: ConnectionsPlace };

/** Everything about carriers, connections and numbers. */
export function ConnectionsPane({ at }: Props): ReactElement {
  switch (at.page) {
    case 'list':
      return <ConnectionList />;
    case 'connect':
      return <ConnectCarrier />;
    case 'connection':
      return <ConnectionPage key={at.connectionId} connectionId={at.connectionId} />;
    case 'numbers':
      return <NumbersPage key={at.connectionId} connectionId={at.connectionId} />;
  }
}
