import { Clock, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import type { ReactElement } from 'react';

import { useScreen } from '../screen/screen-context.ts';
import { withDraft } from '../store/drafts-store.ts';
import type { DraftKey } from '../store/drafts-store.ts';
import { ensureDraft } from '../store/save-drafts.ts';
import type { Judged } from './use-verdict.ts';
import { waitsWords } from './verdict-words.ts';

type Props = { readonly draftKey: DraftKey; readonly judged: Judged | null };

/** What the gate will do with the text, said before it is sent: when it would leave, and what was found in it. */
export function VerdictLine({ draftKey, judged }: Props): ReactElement {
  const waits = judged?.verdict.kind === 'waits' ? judged.verdict : null;
  const findings = judged?.findings ?? [];
  const isEmpty = waits === null && findings.length === 0;
  return (
    <div className={isEmpty ? 'unseen' : 'gate'}>
      <div role="status" aria-label="Before sending">
        {waits === null ? null : (
          <p>
            <Clock size={14} aria-hidden /> {waitsWords(waits)}
          </p>
        )}
        {findings.map(({ rule, from, words }) => (
          <p key={`${rule} ${from} ${words}`}>
            <TriangleAlert size={14} aria-hidden /> {words}
          </p>
        ))}
      </div>
      {isRefusedByContent(judged) ? <ReasonField draftKey={draftKey} /> : null}
    </div>
  );
}

const isRefusedByContent = (judged: Judged | null): boolean =>
  judged !== null && judged.findings.length > 0 && refusesContent(judged);

/* With a reason given it is allowed, and the field with the reason stays. */
const refusesContent = ({ verdict, findings }: Judged): boolean =>
  verdict.kind === 'refused' && findings.some(({ words }) => words === verdict.because);

/** Why it goes out in spite of what was found. It is kept with the text. */
function ReasonField({ draftKey }: Pick<Props, 'draftKey'>): ReactElement {
  const screen = useScreen();
  const field = useId();
  const [reason, setReason] = useState('');
  const allow = (): void => {
    const contentReason = reason.trim();
    if (contentReason.length < shortestReason) return;
    const draft = { ...ensureDraft(screen, draftKey), contentReason };
    screen.drafts.setState((drafts) => withDraft(drafts, draftKey, draft));
  };
  return (
    <div className="gate-reason">
      <label htmlFor={field}>Why it may be sent all the same</label>
      <input
        id={field}
        type="text"
        maxLength={500}
        autoComplete="off"
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        onKeyDown={(event) => {
          // Enter would send the text that is refused.
          if (event.key !== 'Enter') return;
          event.preventDefault();
          allow();
        }}
      />
      <button
        type="button"
        className="ghost"
        disabled={reason.trim().length < shortestReason}
        onClick={allow}
      >
        Allow this text
      </button>
    </div>
  );
}

const shortestReason = 3;
