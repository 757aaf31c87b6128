import { CircleCheck, CircleHelp, CircleSlash } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConsentSummary } from '#shared/contract/consent-commands.ts';

import { Tip } from '../controls/Tip.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { chipWords } from './consent-words.ts';
import { ConsentPanel } from './ConsentPanel.tsx';

import './consent.css';

const look = { size: 12, 'aria-hidden': true } as const;

const marks: Readonly<Partial<Record<ConsentSummary['standing'], ReactElement>>> = {
  'opted-out': <CircleSlash {...look} />,
  'likely-opt-out': <CircleHelp {...look} />,
  asked: <CircleHelp {...look} />,
  none: <CircleHelp {...look} />,
};

/** Whether the open conversation's number may be texted; opens everything that is on file about it. */
export function ConsentChip(): ReactElement | null {
  const screen = useScreen();
  const consent = useStore(screen.consent, ({ known }) => known?.consent ?? null);
  const [isOpen, setOpen] = useState(false);
  if (consent === null) return null;
  const words = chipWords(consent);
  return (
    <>
      <Tip words="Consent on file">
        <button
          type="button"
          className={`consent-chip consent-${consent.standing}`}
          aria-haspopup="dialog"
          aria-label={`Consent: ${words.replace(/^Consent: /u, '')}`}
          onClick={() => setOpen(true)}
        >
          {marks[consent.standing] ?? <CircleCheck {...look} />}
          {words}
        </button>
      </Tip>
      <ConsentPanel isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
