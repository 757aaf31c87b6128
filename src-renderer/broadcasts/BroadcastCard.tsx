import { useId, useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { Broadcast, PersonOutcome } from '#shared/contract/broadcast-commands.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { counted, inDigits } from '../controls/tell-amount.ts';
import { exactTime } from '../controls/tell-time.ts';
import { type Deed, useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { withBroadcast } from '../store/broadcasts-store.ts';
import { outcomeWords, settledCount, stateWords } from './outcome-words.ts';
import { PeopleList } from './PeopleList.tsx';
import { saveOutcomes } from './save-outcomes.ts';

type Props = { readonly broadcast: Broadcast };

/** How a broadcast stands, what can be done to it, and what became of each person. */
export function BroadcastCard({ broadcast }: Props): ReactElement {
  const screen = useScreen();
  const heading = useId();
  const [showsPeople, showPeople] = useState(false);
  const lines = useStore(screen.overview, (overview) => overview.lines);
  const deed = useDeed();
  const { name, state, people, createdAt, lineId, purpose } = broadcast;
  const line = lines.find(({ id }) => id === lineId)?.label ?? 'a line that is gone';
  return (
    <article className="card" aria-labelledby={heading}>
      <div className="card-head">
        <h2 id={heading}>
          <b>{name}</b>
        </h2>
        <span className="state-mark" role="status">
          {stateWords[state]}
        </span>
      </div>
      <p className="quiet-words">
        {purpose === 'marketing' ? 'Marketing' : 'Informational'} · {line} ·{' '}
        <time>{exactTime(createdAt)}</time>
      </p>
      <progress
        max={people}
        value={settledCount(broadcast)}
        aria-label={`${name}: ${settledCount(broadcast)} of ${counted(people, 'person', 'people')}`}
      />
      <Counts broadcast={broadcast} />
      <FailureLine failure={deed.failure} />
      <div className="deeds">
        <Turns broadcast={broadcast} deed={deed} />
        <button
          type="button"
          className="ghost"
          aria-expanded={showsPeople}
          onClick={() => showPeople(!showsPeople)}
        >
          {showsPeople ? 'Hide people' : 'Show people'}
        </button>
        <button
          type="button"
          className="ghost"
          disabled={deed.isBusy}
          onClick={() => void deed.run(() => saveOutcomes(screen, broadcast.id, name))}
        >
          Save as CSV
        </button>
      </div>
      {showsPeople ? <PeopleList broadcast={broadcast} /> : null}
    </article>
  );
}

function Counts({ broadcast: { counts, people } }: Props): ReactElement {
  const kinds = (Object.keys(outcomeWords) as PersonOutcome[]).filter((kind) => counts[kind] > 0);
  return (
    <dl className="standing">
      <div>
        <dt>People</dt>
        <dd className="digits">{inDigits(people)}</dd>
      </div>
      {kinds.map((kind) => (
        <div key={kind}>
          <dt>{outcomeWords[kind]}</dt>
          <dd className="digits">{inDigits(counts[kind])}</dd>
        </div>
      ))}
    </dl>
  );
}

const turns = {
  pause: ['Pause', 'broadcast.pause'],
  resume: ['Resume', 'broadcast.resume'],
  cancel: ['Cancel the rest', 'broadcast.cancel'],
} as const;

/** What can be done to it in each state. */
const offered: Readonly<Record<Broadcast['state'], readonly (keyof typeof turns)[]>> = {
  draft: ['cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  cancelling: [],
  cancelled: [],
  done: [],
};

function Turns({ broadcast, deed }: Props & { readonly deed: Deed }): ReactElement {
  const screen = useScreen();
  const { id, state, beginsAt } = broadcast;
  const isBefore = state === 'running' && beginsAt !== null && screen.clock.now() < beginsAt;
  return (
    <>
      {offered[state].map((turn) => (
        <button
          key={turn}
          type="button"
          className={turn === 'cancel' ? 'ghost danger' : 'ghost'}
          disabled={deed.isBusy}
          onClick={() =>
            void deed.run(async () => {
              const answer = await screen.host.call(turns[turn][1], { broadcastId: id });
              screen.broadcasts.setState((known) => withBroadcast(known, answer.broadcast));
            })
          }
        >
          {turn === 'cancel' && isBefore ? 'Undo' : turns[turn][0]}
        </button>
      ))}
    </>
  );
}
