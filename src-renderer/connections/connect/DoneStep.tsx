import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { FailureLine } from '../../controls/FailureLine.tsx';
import { counted } from '../../controls/tell-amount.ts';
import { useScreen } from '../../screen/screen-context.ts';
import { openConnections } from '../../store/go-to.ts';
import { HookAddresses } from '../HookAddresses.tsx';
import { HookOutcomes } from '../HookOutcomes.tsx';
import { roadAdvice, roadWords } from '../road-words.ts';
import { useLines } from '../use-lines.ts';
import { connectingOf } from './connecting-store.ts';
import type { Made } from './connecting-store.ts';
import { StepHead } from './StepHead.tsx';

/** What was made, and what is left to do. */
export function DoneStep(): ReactElement | null {
  const screen = useScreen();
  const made = useStore(connectingOf(screen), (connecting) => connecting.made);
  const list = useStore(screen.connections, (connections) => connections.list);
  const connection = list?.find(({ id }) => id === made?.connectionId);
  if (made === null || connection === undefined) return null;
  return <DoneWith made={made} connection={connection} />;
}

type Props = { readonly made: Made; readonly connection: ConnectionView };

function DoneWith({ made, connection }: Props): ReactElement {
  const screen = useScreen();
  const { id: connectionId, label, inboundRoad, hooks } = connection;
  const lines = useLines(connectionId);
  return (
    <>
      <StepHead step="done" title={`${label} is connected`} />
      <p>
        {counted(lines.length, 'line')}. {roadWords[inboundRoad]}. {roadAdvice(connection)}
      </p>
      <Hooks hooks={made.hooks} />
      {made.hooks === 'not-asked' && hooks.length > 0 ? (
        <HookAddresses connection={connection} />
      ) : null}
      <div className="step-foot">
        <button
          type="button"
          className="button"
          onClick={() => void openConnections(screen, { page: 'connection', connectionId })}
        >
          Open {label}
        </button>
        <button type="button" className="ghost" onClick={() => void openConnections(screen)}>
          All connections
        </button>
      </div>
    </>
  );
}

function Hooks({ hooks }: Pick<Made, 'hooks'>): ReactElement | null {
  if (hooks === 'not-asked') return null;
  if (hooks === 'writing') return <p role="status">Telling the carrier where to call…</p>;
  if (!('code' in hooks)) return <HookOutcomes outcomes={hooks} />;
  return (
    <>
      <FailureLine failure={hooks} />
      <p className="quiet-words">It can be tried again on the page of the connection.</p>
    </>
  );
}
