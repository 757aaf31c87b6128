import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';

import { exactTime, timeAgo } from './tell-time.ts';

type Props = { readonly at: number };

/** Milliseconds between two looks at the clock. */
const lookEvery = 20_000;

/** How long ago something was, kept true while it is shown; the exact time on resting the pointer. */
export function TimeAgo({ at }: Props): ReactElement {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), lookEvery);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {timeAgo(at, Math.max(now, at))}
    </time>
  );
}
