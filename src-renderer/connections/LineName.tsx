import type { ReactElement } from 'react';

import type { Line } from '#shared/message/line.ts';

/** A line's colour and, always beside it, its name. */
export function LineName({ line }: { readonly line: Line }): ReactElement {
  return (
    <span className="line-tag">
      <i className="line-mark" style={{ backgroundColor: line.colour }} />
      {line.label}
    </span>
  );
}
