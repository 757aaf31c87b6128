import { useEffect, useState } from 'react';
import { useStore } from 'zustand';

import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';

import { useScreen } from '../screen/screen-context.ts';
import { attachmentsOf } from '../store/attachments-store.ts';
import type { DraftKey } from '../store/drafts-store.ts';
import { refusalWords } from './verdict-words.ts';

type Asked = CommandInput<'message.judge'>;

/** What the gate says of the text as it was when it was asked. */
export type Judged = CommandOutput<'message.judge'> & { readonly text: string };

/** Milliseconds without a key press before the gate is asked, and after which it is asked anew, as the hour moves on. */
const restMs = 300;
const againMs = 60_000;

/** What the gate says, as far as it is known, and why it refuses. */
export type Gate = { readonly judged: Judged | null; readonly refusal: string | null };

/** Asks the gate about a draft while it is written. */
export function useVerdict(draftKey: DraftKey, target: Asked['target'] | null): Gate {
  const screen = useScreen();
  const draft = useStore(screen.drafts, ({ byKey }) => byKey.get(draftKey));
  const thread = useStore(screen.threads, ({ index }) =>
    draftKey === 'new' ? undefined : index.get(draftKey),
  );
  const media = useStore(screen.attachments, (all) =>
    attachmentsOf(all, draftKey)
      .flatMap(({ standing }) => (standing.kind === 'ready' ? [standing.media.id] : []))
      .join(' '),
  );
  const [judged, setJudged] = useState<Judged | null>(null);
  const text = draft?.text ?? thread?.draft ?? '';
  const isEmpty = target === null || (text.trim() === '' && media === '');
  const asked = isEmpty
    ? null
    : JSON.stringify({
        target,
        text,
        ...(media === '' ? {} : { media: media.split(' ') }),
        contentReason: draft?.contentReason,
      });
  // What came in meanwhile may have changed the answer.
  const lastAt = thread?.lastAt;
  useEffect(() => {
    if (asked === null) return undefined;
    const input = JSON.parse(asked) as Asked;
    let isWanted = true;
    let cancel = screen.clock.after(restMs, ask);
    function ask(): void {
      screen.host.call('message.judge', input).then(
        (answer) => (isWanted ? setJudged({ ...answer, text: input.text }) : undefined),
        // Without an answer nothing is claimed; the gate is asked once more when it is sent.
        () => (isWanted ? setJudged(null) : undefined),
      );
      cancel = screen.clock.after(againMs, ask);
    }
    return () => {
      isWanted = false;
      cancel();
    };
  }, [screen, asked, lastAt]);
  const known = asked === null ? null : judged;
  return { judged: known, refusal: refusalWords(known, text) };
}
