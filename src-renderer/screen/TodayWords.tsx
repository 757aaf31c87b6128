import { useState } from 'react';
import type { ReactElement } from 'react';

import { addSums } from '#shared/pricing/sum-costs.ts';

import { counted } from '../controls/tell-amount.ts';
import { spentWords } from '../costs/money-line.ts';
import type { Screen } from '../store/screen.ts';
import { useScreen } from './screen-context.ts';

type Props = { readonly segments: number; readonly onOpen: () => void };

/** The segments of today; what they cost is asked for when the pointer or the focus comes near. Leads to the page about costs. */
export function TodayWords({ segments, onOpen }: Props): ReactElement {
  const screen = useScreen();
  const [spent, setSpent] = useState('What texts cost');
  const ask = (): void => void spentToday(screen).then((words) => (words ? setSpent(words) : null));
  return (
    <button
      type="button"
      className="connection-label today"
      title={spent}
      onPointerEnter={ask}
      onFocus={ask}
      onClick={onOpen}
    >
      Today {counted(segments, 'segment')}
    </button>
  );
}

/** "Today $1.24 (billed $0.80, estimated $0.44)"; null where it cannot be had. */
async function spentToday({ host }: Screen): Promise<string | null> {
  try {
    const { today, rows } = await host.call('costs.page', { before: null, days: 1 });
    const ours = rows.filter(({ day }) => day === today);
    return `Today ${spentWords(addSums(ours.flatMap(({ sums }) => sums)))}`;
  } catch {
    return null;
  }
}
