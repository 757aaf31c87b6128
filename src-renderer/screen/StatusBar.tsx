import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConnectionState } from '#shared/contract/call-host.ts';
import type { Health } from '#shared/contract/contract.ts';
import type { ConnectionId } from '#shared/message/line.ts';

import { counted, inDigits } from '../controls/tell-amount.ts';
import { rowTime } from '../controls/tell-time.ts';
import { useToday } from '../controls/use-today.ts';
import { openAttention, openConnections, openCosts, openTeam } from '../store/go-to.ts';
import { showList } from '../store/load-threads.ts';
import { isInTeam } from '../store/team-store.ts';
import { teamWords } from '../store/team-words.ts';
import { MetersInBar } from '../throughput/MetersInBar.tsx';
import { useScreen } from './screen-context.ts';

import './status-bar.css';
import { TodayWords } from './TodayWords.tsx';

/** The truth about the line: the relay, the last thing that came in, what waits, and how each connection does. */
export function StatusBar(): ReactElement {
  const screen = useScreen();
  const connection = useStore(screen.connection, ({ state }) => state);
  const health = useStore(screen.overview, (overview) => overview.health);
  if (connection !== 'connected' || health === null)
    return (
      <footer className="status-bar">
        <span>
          <i className="dot trouble" />
          {connection === 'connected' ? 'Loading…' : connectionWords[connection]}
        </span>
      </footer>
    );
  return (
    <footer className="status-bar">
      <RelayWords health={health} />
      <TeamWords onOpen={() => void openTeam(screen)} />
      <span>Queue {inDigits(health.queue)}</span>
      <TodayWords segments={health.segmentsToday} onOpen={() => void openCosts(screen)} />
      <MetersInBar />
      <Decisions
        health={health}
        onUndecided={() => void showList(screen, { view: 'failed', lineId: null })}
        onAttention={() => void openAttention(screen)}
      />
      <ConnectionLabels
        connections={health.connections}
        onOpen={(connectionId) =>
          void openConnections(screen, { page: 'connection', connectionId })
        }
      />
    </footer>
  );
}

const connectionWords: Readonly<Record<Exclude<ConnectionState, 'connected'>, string>> = {
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting… what is shown may be out of date',
  incompatible: 'Trunkline was updated: reload this screen',
  closed: 'The connection is closed',
};

function RelayWords({ health }: { readonly health: Health }): ReactElement {
  const today = useToday();
  const { relay, lastInboundAt } = health;
  const inbound =
    lastInboundAt === null
      ? 'nothing has come in yet'
      : `last inbound ${rowTime(lastInboundAt, today)}`;
  return (
    <span className={relay.state === 'failed' ? 'bad' : undefined}>
      <i className={relay.state === 'failed' ? 'dot failed' : 'dot'} />
      {relay.sentence.replace(/\.$/u, '')} · {inbound}
    </span>
  );
}

/** How this desktop stands to its team, where it is in one; leads to the page about it. */
function TeamWords({ onOpen }: { readonly onOpen: () => void }): ReactElement | null {
  const known = useStore(useScreen().team);
  const { team } = known;
  if (team === null || !isInTeam(known)) return null;
  const isTrouble = team.state === 'connecting' || team.state === 'stopped';
  return (
    <button
      type="button"
      className={isTrouble ? 'team-label connection-label warn' : 'team-label connection-label'}
      title={team.sentence}
      onClick={onOpen}
    >
      <i className={isTrouble ? 'dot trouble' : 'dot'} />
      {teamWords(team)}
    </button>
  );
}

type DecisionsProps = {
  readonly health: Health;
  readonly onUndecided: () => void;
  readonly onAttention: () => void;
};

/** What waits for a person; each leads to where it can be settled. */
function Decisions({ health, onUndecided, onAttention }: DecisionsProps): ReactElement {
  return (
    <>
      {health.undecided > 0 ? (
        <button type="button" className="status-button" onClick={onUndecided}>
          {counted(health.undecided, 'text')} to decide
        </button>
      ) : null}
      {health.attention > 0 ? (
        <button type="button" className="status-button" onClick={onAttention}>
          {inDigits(health.attention)} {health.attention === 1 ? 'needs' : 'need'} attention
        </button>
      ) : null}
    </>
  );
}

const stateWords = { ok: '', trouble: 'in trouble', starting: 'starting', off: 'off' } as const;

type LabelsProps = Pick<Health, 'connections'> & {
  readonly onOpen: (connectionId: ConnectionId) => void;
};

/** How each connection does; each leads to its page. The sentence describes the button and is no part of its name. */
function ConnectionLabels({ connections, onOpen }: LabelsProps): ReactElement {
  return (
    <ul className="connections" aria-label="Connections">
      {connections.map(({ connectionId, label, state, sentence }) => (
        <li key={connectionId}>
          <button
            type="button"
            className={state === 'trouble' ? 'connection-label warn' : 'connection-label'}
            title={sentence}
            onClick={() => onOpen(connectionId)}
          >
            <i className={`dot ${state}`} />
            {[label, stateWords[state]].filter(Boolean).join(': ')}
          </button>
        </li>
      ))}
    </ul>
  );
}
