import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';

import { useScreen } from '../screen/screen-context.ts';
import { announce } from '../store/announce.ts';
import { copyText } from './copy-text.ts';

type Props = {
  readonly text: string;
  /** What is copied: "the address for receipts". */
  readonly what: string;
};

/** How long "Copied" stands, in milliseconds. */
const shownFor = 2_000;

/** Copies a text and says so. */
export function CopyButton({ text, what }: Props): ReactElement {
  const screen = useScreen();
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(
    () => (outcome === null ? undefined : screen.clock.after(shownFor, () => setOutcome(null))),
    [screen, outcome],
  );
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(text);
    setOutcome(isCopied ? 'copied' : 'refused');
    announce(screen, isCopied ? `Copied ${what}` : `Could not copy ${what}`);
  };
  return (
    <button type="button" className="ghost" aria-label={`Copy ${what}`} onClick={() => void copy()}>
      {outcome === 'copied' ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
      {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Not copied' : 'Copy'}
    </button>
  );
}
