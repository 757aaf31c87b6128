import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState } from 'react';
import type { ReactElement } from 'react';

import {
  type Broadcast,
  type Person,
  type PersonOutcome,
  mostRowsAtOnce,
} from '#shared/contract/broadcast-commands.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { useScreen } from '../screen/screen-context.ts';
import { openThread } from '../store/go-to.ts';
import type { Screen } from '../store/screen.ts';
import { outcomeWords } from './outcome-words.ts';

type Props = { readonly broadcast: Broadcast };

const rowHeight = 44;

/** What became of each person, filtered where that is wanted; only the rows in sight are drawn. */
export function PeopleList({ broadcast }: Props): ReactElement {
  const screen = useScreen();
  const field = useId();
  const [outcome, setOutcome] = useState<PersonOutcome | null>(null);
  const people = usePeople(screen, broadcast, outcome);
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- concerns a compiler that is not used here
  const virtualizer = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  return (
    <section className="people" aria-label="People">
      <div className="people-filter">
        <label htmlFor={field}>Show</label>
        <select
          id={field}
          value={outcome ?? ''}
          onChange={({ target }) => setOutcome((target.value || null) as PersonOutcome | null)}
        >
          <option value="">Everybody</option>
          {(Object.keys(outcomeWords) as PersonOutcome[]).map((kind) => (
            <option key={kind} value={kind}>
              {outcomeWords[kind]}
            </option>
          ))}
        </select>
      </div>
      <div className="people-rows" ref={scroller} tabIndex={0} role="region" aria-label="Outcomes">
        {people.length === 0 ? <p className="quiet">Nobody.</p> : null}
        <ul role="list" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ key, index, start }) => {
            const person = people[index];
            return person === undefined ? null : (
              <li
                key={key}
                aria-setsize={people.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
              >
                <PersonRow person={person} />
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

function PersonRow({ person }: { readonly person: Person }): ReactElement {
  const screen = useScreen();
  const { peer, outcome, because, threadId } = person;
  return (
    <div className="person">
      {threadId === null ? (
        <span className="digits">{formatPeer(peer)}</span>
      ) : (
        <button
          type="button"
          className="card-open digits"
          onClick={() => void openThread(screen, threadId)}
        >
          {formatPeer(peer)}
        </button>
      )}
      <span>{outcomeWords[outcome]}</span>
      <span className="quiet-words" title={because ?? undefined}>
        {because}
      </span>
    </div>
  );
}

/** All pages of one filter, fetched anew as the counts change. */
function usePeople(
  screen: Screen,
  { id, counts }: Broadcast,
  outcome: PersonOutcome | null,
): readonly Person[] {
  const [people, setPeople] = useState<readonly Person[]>([]);
  const signature = JSON.stringify(counts);
  useEffect(() => {
    let isCurrent = true;
    void fetchPeople(screen, id, outcome).then(
      (all) => (isCurrent ? setPeople(all) : undefined),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [screen, id, outcome, signature]);
  return people;
}

async function fetchPeople(
  { host }: Screen,
  broadcastId: number,
  outcome: PersonOutcome | null,
): Promise<Person[]> {
  const all: Person[] = [];
  for (let after: number | null = null; ;) {
    const page: { people: Person[]; next: number | null } = await host.call('broadcast.people', {
      broadcastId,
      outcome,
      after,
      limit: mostRowsAtOnce,
    });
    all.push(...page.people);
    if (page.next === null) return all;
    after = page.next;
  }
}
