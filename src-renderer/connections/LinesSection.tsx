import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import type { Line } from '#shared/message/line.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { TimeAgo } from '../controls/TimeAgo.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { openConnections } from '../store/go-to.ts';
import { LineRegistration } from '../throughput/LineRegistration.tsx';
import { LineChecks } from './LineChecks.tsx';
import { LineForm } from './LineForm.tsx';
import { LineName } from './LineName.tsx';
import { LineRules } from './LineRules.tsx';
import { numberTypeWords } from './number-type-words.ts';
import { useLines } from './use-lines.ts';

type Props = { readonly connection: ConnectionView };

/** The lines of a connection, and the way to its numbers. */
export function LinesSection({ connection }: Props): ReactElement {
  const screen = useScreen();
  const lines = useLines(connection.id);
  return (
    <section className="part">
      <div className="part-head">
        <h2>Lines</h2>
        <button
          type="button"
          className="ghost"
          onClick={() =>
            void openConnections(screen, { page: 'numbers', connectionId: connection.id })
          }
        >
          All its numbers
        </button>
      </div>
      {lines.length === 0 ? (
        <p className="quiet-words">
          No number of it is a line yet, so nothing can be texted from it.
        </p>
      ) : null}
      <ul className="plain-list" aria-label="Lines of this connection">
        {lines.map((line) => (
          <LineRow key={line.id} line={line} lastInboundAt={heardOf(connection, line)} />
        ))}
      </ul>
    </section>
  );
}

/** When something last came in for a line; null where nothing has. */
const heardOf = ({ lines }: ConnectionView, { id }: Line): number | null =>
  lines.find(({ lineId }) => lineId === id)?.lastInboundAt ?? null;

type RowProps = { readonly line: Line; readonly lastInboundAt: number | null };

function LineRow({ line, lastInboundAt }: RowProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <div className="row-line">
        <LineName line={line} />
        <span className="digits">{formatPeer(line.number)}</span>
        <span className="quiet-words">{numberTypeWords[line.numberType]}</span>
        {lastInboundAt === null ? null : (
          <span className="quiet-words">
            last inbound <TimeAgo at={lastInboundAt} />
          </span>
        )}
        <button
          type="button"
          className="ghost"
          aria-expanded={isOpen}
          aria-label={`Change the line ${line.label}`}
          onClick={() => setOpen(!isOpen)}
        >
          Change
        </button>
      </div>
      {isOpen ? <LineForm line={line} onClose={() => setOpen(false)} /> : null}
      <LineRegistration line={line} />
      <LineChecks line={line} />
      <LineRules line={line} />
    </li>
  );
}
