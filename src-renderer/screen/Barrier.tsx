import type { ReactElement, ReactNode } from 'react';
import { useStore } from 'zustand';

import { useScreen } from './screen-context.ts';

type Props = { readonly children: ReactNode };

/** Shows the screen, or, where it cannot be used at all, why and what to do. */
export function Barrier({ children }: Props): ReactNode {
  const { state, refused } = useStore(useScreen().connection);
  if (refused && state !== 'connected')
    return (
      <Standstill
        title="This address has no valid key"
        words="Use the line Trunkline printed at its start."
      />
    );
  if (state === 'incompatible')
    return (
      <Standstill
        title="Trunkline was updated"
        words="This screen is older than the program behind it. Reload it to go on."
        reload
      />
    );
  return children;
}

type StandstillProps = {
  readonly title: string;
  readonly words: string;
  readonly reload?: boolean;
};

/** A page that says one thing. */
export function Standstill({ title, words, reload = false }: StandstillProps): ReactElement {
  return (
    <main className="standstill">
      <div className="brand">Trunkline</div>
      <h1>{title}</h1>
      <p>{words}</p>
      {reload ? (
        <button type="button" className="button" onClick={() => window.location.reload()}>
          Reload
        </button>
      ) : null}
    </main>
  );
}
