import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';

import type { LineId } from '#shared/message/line.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';
import type { TextAnalysis } from '#shared/text/analyze-text.ts';

import { counted } from '../controls/tell-amount.ts';
import { usePricing } from '../pricing/use-pricing.ts';
import { useScreen } from '../screen/screen-context.ts';
import { announce } from '../store/announce.ts';
import type { Draft, DraftKey } from '../store/drafts-store.ts';
import { flushDrafts, writeDraft } from '../store/save-drafts.ts';
import type { Screen } from '../store/screen.ts';
import { useToFill } from '../templates/use-to-fill.ts';
import { flightOf } from './flight.ts';
import type { Flight } from './flight.ts';
import { useAttachments } from './use-attachments.ts';
import type { Attaching } from './use-attachments.ts';
import { whyNotSend } from './why-not-send.ts';

export type Composing = {
  readonly text: string;
  readonly draft: Draft | undefined;
  readonly analysis: TextAnalysis;
  readonly flight: Flight | null;
  /** Why it cannot go out now; null where it can. */
  readonly reason: string | null;
  readonly write: (text: string) => void;
  readonly attaching: Attaching;
};

type Wanted = {
  readonly draftKey: DraftKey;
  readonly lineId: LineId | null;
  readonly blocked: string | null;
  /** What is put behind the text when it leaves, and is counted with it. */
  readonly behind?: string | undefined;
};

/** What the composer of one draft shows. */
export function useComposer({ draftKey, lineId, blocked, behind }: Wanted): Composing {
  const screen = useScreen();
  const draft = useStore(screen.drafts, ({ byKey }) => byKey.get(draftKey));
  const kept = useStore(screen.threads, ({ index }) =>
    draftKey === 'new' ? '' : (index.get(draftKey)?.draft ?? ''),
  );
  const connection = useStore(screen.connection, ({ state }) => state);
  const text = draft?.text ?? kept;
  const ending = behind === undefined || text.trim() === '' ? '' : `\n${behind}`;
  const analysis = useMemo(() => analyzeText(text + ending), [text, ending]);
  const attaching = useAttachments(draftKey, lineId);
  const { attachments } = attaching;
  // What goes along with pictures is not cut into segments.
  const isPlain = attachments.length === 0;
  const pricing = usePricing(lineId);
  const flight = useMemo(
    () => flightOf({ text, behind: ending, analysis, isMms: !isPlain }, pricing),
    [isPlain, text, ending, analysis, pricing],
  );
  const toFill = useToFill(text);
  const phase = draft?.phase ?? 'writing';
  useSaving(screen);
  useSpokenCount(screen, isPlain ? analysis.segments.length : 1);
  return {
    text,
    draft,
    analysis,
    flight,
    reason: whyNotSend({ text, phase, connection, blocked: blocked ?? toFill, attachments }),
    attaching,
    write: (next) => writeDraft(screen, draftKey, next),
  };
}

/** Saves what is being written when the page goes out of sight or away. */
function useSaving(screen: Screen): void {
  useEffect(() => {
    const save = (): void => void flushDrafts(screen);
    window.addEventListener('pagehide', save);
    document.addEventListener('visibilitychange', save);
    return () => {
      window.removeEventListener('pagehide', save);
      document.removeEventListener('visibilitychange', save);
    };
  }, [screen]);
}

/** Milliseconds between two sayings of the counter. */
const quietMs = 10_000;

/** Says aloud that a text has grown into another segment, and not more often than every ten seconds. */
function useSpokenCount(screen: Screen, segments: number): void {
  const spoken = useRef({ segments: Math.max(1, segments), at: 0 });
  useEffect(() => {
    if (segments <= 1 && spoken.current.segments <= 1) return undefined;
    if (segments === spoken.current.segments) return undefined;
    const wait = Math.max(0, spoken.current.at + quietMs - screen.clock.now());
    return screen.clock.after(wait, () => {
      spoken.current = { segments: Math.max(1, segments), at: screen.clock.now() };
      announce(screen, counted(Math.max(1, segments), 'segment'));
    });
  }, [screen, segments]);
}
