import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { Notice } from '../controls/Notice.tsx';
import { counted } from '../controls/tell-amount.ts';
import { useScreen } from '../screen/screen-context.ts';
import { inWords } from '../store/failure-of.ts';
import { openConnections } from '../store/go-to.ts';
import { loadCarriers, loadConnections } from '../store/load-connections.ts';
import { RegistrationSection } from '../throughput/RegistrationSection.tsx';
import { carrierName } from './carrier-name.ts';
import { connectingOf } from './connect/connecting-store.ts';
import { PageHead } from './PageHead.tsx';
import { Standing } from './Standing.tsx';
import { StateMark } from './StateMark.tsx';

/** Every account with a carrier, how it fares, and the way to one more. */
export function ConnectionList(): ReactElement {
  const screen = useScreen();
  const { list, failure } = useStore(screen.connections);
  const begun = useStore(connectingOf(screen), ({ step }) => step !== 'carrier' && step !== 'done');
  const retry = (): void => void Promise.all([loadConnections(screen), loadCarriers(screen)]);
  return (
    <>
      <PageHead title="Connections" about="Your accounts with carriers">
        <button
          type="button"
          className="button"
          onClick={() => void openConnections(screen, { page: 'connect' })}
        >
          {begun ? 'Go on connecting' : 'Connect a carrier'}
        </button>
      </PageHead>
      <div className="page" data-scrolls>
        {failure === null ? null : (
          <Notice
            title="The connections could not be loaded"
            words={inWords(failure)}
            onRetry={retry}
          />
        )}
        {list === null && failure === null ? <p className="quiet">Loading…</p> : null}
        {list?.length === 0 ? (
          <Notice
            title="No carrier is connected yet"
            words="Press Connect a carrier to text from numbers you have with one."
          />
        ) : null}
        <ul className="cards" aria-label="Accounts">
          {list?.map((connection) => (
            <Card key={connection.id} connection={connection} />
          ))}
        </ul>
        <RegistrationSection />
      </div>
    </>
  );
}

function Card({ connection }: { readonly connection: ConnectionView }): ReactElement {
  const screen = useScreen();
  const { id, label, provider, origin, state, sentence } = connection;
  const name = useStore(screen.connections, ({ carriers }) => carrierName(carriers, provider));
  const lines = useStore(
    screen.overview,
    (overview) => overview.lines.filter(({ connectionId }) => connectionId === id).length,
  );
  return (
    <li className="card">
      <div className="card-head">
        <h2>
          <button
            type="button"
            className="card-open"
            onClick={() => void openConnections(screen, { page: 'connection', connectionId: id })}
          >
            {label}
          </button>
        </h2>
        <span className="quiet-words">
          {name} · {counted(lines, 'line')}
          {origin === 'team' ? ' · Shared by the team relay' : ''}
        </span>
        <StateMark state={state} />
      </div>
      <p className={state === 'trouble' ? 'warn' : 'quiet-words'}>{sentence}</p>
      <Standing connection={connection} />
    </li>
  );
}
