import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { useScreen } from '../../screen/screen-context.ts';
import { connectingOf } from './connecting-store.ts';

/** What is not known of a preset's carrier, and what to ask it before anything is promised to anybody. */
export function PresetQuestions(): ReactElement | null {
  const screen = useScreen();
  const presetId = useStore(connectingOf(screen), (connecting) => connecting.presetId);
  const preset = useStore(screen.connections, ({ presets }) =>
    presets.find(({ id }) => id === presetId),
  );
  if (preset === undefined) return null;
  return (
    <section className="part" aria-label={`About ${preset.label}`}>
      <p className="warn">
        Unverified: no account of {preset.label} was ever tried with it. Fill in what the carrier
        tells you, then verify the connection on its page.
      </p>
      <ul>
        {preset.blanks.map(({ field, question }) => (
          <li key={field}>{question}</li>
        ))}
      </ul>
      <details>
        <summary>What else to ask {preset.label}</summary>
        <ol>
          {preset.questions.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ol>
      </details>
    </section>
  );
}
