import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { PageHead } from '../connections/PageHead.tsx';
import { Notice } from '../controls/Notice.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { inWords } from '../store/failure-of.ts';
import { loadBroadcasts } from '../store/load-later.ts';
import { BroadcastCard } from './BroadcastCard.tsx';
import { NewBroadcast } from './NewBroadcast.tsx';

import '../connections/connections.css';
import '../templates/templates.css';
import './broadcasts.css';

/** Receipts come long after the last text left; between two looks, milliseconds. */
const lookAgainMs = 2_000;

/** One text to many, each in a conversation of their own: a new one, and how those stand that were sent. */
export function BroadcastsPane(): ReactElement {
  const screen = useScreen();
  const { all, failure } = useStore(screen.broadcasts);
  const [isNew, setNew] = useState(false);
  useEffect(() => {
    let cancel = (): void => undefined;
    const look = (): void => {
      void loadBroadcasts(screen);
      cancel = screen.clock.after(lookAgainMs, look);
    };
    cancel = screen.clock.after(lookAgainMs, look);
    return () => cancel();
  }, [screen]);
  return (
    <>
      <PageHead title="Broadcasts" about="One text to many, each in a conversation of their own">
        <button type="button" className="button" onClick={() => setNew(true)}>
          New broadcast
        </button>
      </PageHead>
      <div className="page" data-scrolls>
        {failure === null ? null : (
          <Notice
            title="The broadcasts could not be loaded"
            words={inWords(failure)}
            onRetry={() => void loadBroadcasts(screen)}
          />
        )}
        {isNew ? <NewBroadcast onClose={() => setNew(false)} /> : null}
        {all?.length === 0 && !isNew ? (
          <Notice
            title="No broadcast yet"
            words="Before anything is sent you see who gets it, who does not and why, and what it costs."
          />
        ) : null}
        <ul className="cards" aria-label="Broadcasts">
          {all?.map((broadcast) => (
            <li key={broadcast.id}>
              <BroadcastCard broadcast={broadcast} />
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
