import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { Notice } from '../controls/Notice.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { inWords } from '../store/failure-of.ts';
import { loadCarriers, loadConnections } from '../store/load-connections.ts';
import { PageHead } from './PageHead.tsx';

type Props = {
  /** The host has told everything, and the connection is not among it. */
  readonly isKnown: boolean;
};

/** In place of a page whose connection is not there, or not yet. */
export function NotThere({ isKnown }: Props): ReactElement {
  const screen = useScreen();
  const { failure, carriersFailure } = useStore(screen.connections);
  const why = failure ?? carriersFailure;
  return (
    <>
      <PageHead title="Connection" about="" above={{ at: { page: 'list' }, name: 'Connections' }} />
      {isKnown ? (
        <Notice
          title="This connection is no longer there"
          words="It was removed. Its conversations are still in the list."
        />
      ) : null}
      {!isKnown && why === null ? <p className="quiet">Loading…</p> : null}
      {!isKnown && why !== null ? (
        <Notice
          title="The connections could not be loaded"
          words={inWords(why)}
          onRetry={() => void Promise.all([loadConnections(screen), loadCarriers(screen)])}
        />
      ) : null}
    </>
  );
}
