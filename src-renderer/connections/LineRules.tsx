import { useEffect, useId, useState } from 'react';
import type { ReactElement } from 'react';

import type { LinePolicy } from '#shared/compliance/line-policy.ts';
import type { Line } from '#shared/message/line.ts';

import { useScreen } from '../screen/screen-context.ts';
import { failureOf, inWords } from '../store/failure-of.ts';
import { LineRulesForm } from './LineRulesForm.tsx';
import { policyWords } from './policy-words.ts';

type Props = { readonly line: Line };

/** What may leave over a line and when, in a sentence, and a click away the form to change it. */
export function LineRules({ line }: Props): ReactElement {
  const known = usePolicy(line);
  const [isOpen, setOpen] = useState(false);
  const panel = useId();
  return (
    <div className="line-checks">
      <div className="row-line steady">
        <p role="status" className={typeof known === 'string' ? 'warn' : 'quiet-words'}>
          {typeof known === 'string' ? known : known === null ? '' : policyWords(known)}
        </p>
        <button
          type="button"
          className="ghost"
          aria-expanded={isOpen}
          aria-controls={panel}
          aria-label={`Rules of the line ${line.label}`}
          disabled={known === null || typeof known === 'string'}
          onClick={() => setOpen(!isOpen)}
        >
          Rules
        </button>
      </div>
      <div id={panel}>
        {isOpen && known !== null && typeof known !== 'string' ? (
          <LineRulesForm line={line} policy={known} onClose={() => setOpen(false)} />
        ) : null}
      </div>
    </div>
  );
}

/** The policy of a line as the host last told it; a sentence where it could not be had. */
function usePolicy({ id: lineId }: Line): LinePolicy | string | null {
  const { host } = useScreen();
  const [known, setKnown] = useState<LinePolicy | string | null>(null);
  useEffect(() => {
    let isWanted = true;
    const take = (policy: LinePolicy | string): void => {
      if (isWanted) setKnown(policy);
    };
    const stop = host.on('policy.changed', (changed) =>
      changed.lineId === lineId ? take(changed.policy) : undefined,
    );
    host.call('policy.get', { lineId }).then(
      ({ policy }) => take(policy),
      (error: unknown) => take(inWords(failureOf(error))),
    );
    return () => {
      isWanted = false;
      stop();
    };
  }, [host, lineId]);
  return known;
}
