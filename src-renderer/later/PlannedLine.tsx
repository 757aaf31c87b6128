import { useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { Waiting } from '#shared/compliance/verdict.ts';
import type { TextEntry } from '#shared/message/entry.ts';
import { whenWords } from '#shared/schedule/when-words.ts';

import { focusSoon } from '../screen/move-focus.ts';
import { useScreen } from '../screen/screen-context.ts';
import { changeTime, decide } from '../store/act-on-thread.ts';
import { clocksOf } from './clocks-of.ts';
import { WhenPopover } from './WhenPopover.tsx';

type Props = { readonly entry: TextEntry & { readonly waiting: Waiting } };

/** When a text for later leaves, by both clocks, and what can be done about it until then. */
export function PlannedLine({ entry }: Props): ReactElement {
  const screen = useScreen();
  const { id, threadId, waiting } = entry;
  const peer = useStore(screen.threads, ({ index }) => index.get(threadId)?.peer ?? '');
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const clocks = clocksOf(peer, screen.clock.now());
  const words =
    waiting.until === null ? waiting.because : `Sends ${whenWords(waiting.until, clocks)}.`;
  return (
    <div className="trouble-line trouble-waiting">
      <p>
        {words}
        {problem === null ? null : <strong role="alert"> {problem}</strong>}
      </p>
      <div className="deeds">
        <button
          type="button"
          className="ghost"
          onClick={() => void decide(screen, 'schedule.send-now', id).then(setProblem)}
        >
          Text now
        </button>
        <WhenPopover
          open={open}
          onOpenChange={setOpen}
          peer={peer}
          action="Change time"
          onChoose={(chosen) => changeTime(screen, { entryId: id, ...chosen })}
        >
          <button type="button" className="ghost">
            Change time
          </button>
        </WhenPopover>
        <button
          type="button"
          className="ghost"
          title="Takes it back; its words become the draft where there is none"
          onClick={() =>
            void decide(screen, 'message.cancel', id).then((why) => {
              setProblem(why);
              if (why === null) focusSoon('composer');
            })
          }
        >
          Edit or cancel
        </button>
      </div>
    </div>
  );
}
