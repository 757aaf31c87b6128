import { Users } from 'lucide-react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { useScreen } from '../screen/screen-context.ts';
import { LineName } from './LineName.tsx';
import { LineRules } from './LineRules.tsx';
import { numberTypeWords } from './number-type-words.ts';
import { useLines } from './use-lines.ts';

/** Says that a connection is the team's, where it is changed, and what its relay being away means for it. */
export function SharedMark(): ReactElement {
  const isAway = useStore(
    useScreen().team,
    ({ team }) => team?.state === 'connecting' || team?.state === 'stopped',
  );
  return (
    <p className="shared-mark">
      <Users size={14} aria-hidden />
      <span>
        <b>Shared by the team relay.</b> Its name, credentials, numbers and webhooks are changed
        where the relay runs.
        {isAway ? (
          <span className="warn"> The relay is not reached now, so nothing comes in by it.</span>
        ) : null}
      </span>
    </p>
  );
}

/** The lines of a connection that is the team's, to be read alone. */
export function SharedLines({ connection }: { readonly connection: ConnectionView }): ReactElement {
  const lines = useLines(connection.id);
  return (
    <section className="part">
      <h2>Lines</h2>
      {lines.length === 0 ? <p className="quiet-words">The relay has no line on it yet.</p> : null}
      <ul className="plain-list" aria-label="Lines of this connection">
        {lines.map((line) => (
          <li key={line.id}>
            <div className="row-line">
              <LineName line={line} />
              <span className="digits">{formatPeer(line.number)}</span>
              <span className="quiet-words">{numberTypeWords[line.numberType]}</span>
            </div>
            <LineRules line={line} />
          </li>
        ))}
      </ul>
    </section>
  );
}
