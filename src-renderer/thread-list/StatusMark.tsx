import {
  Check,
  CheckCheck,
  CircleQuestionMark,
  Clock,
  LoaderCircle,
  TriangleAlert,
} from 'lucide-react';
import type { ReactElement } from 'react';

import type { DeliveryState } from '#shared/message/delivery-state.ts';

type Props = { readonly state: DeliveryState; readonly size?: number };

/** The glyph of a text's standing. It never stands alone: the words are beside it or hidden behind it. */
export function StatusMark({ state, size = 13 }: Props): ReactElement | null {
  const look = { size, 'aria-hidden': true, className: `mark mark-${state}` } as const;
  switch (state) {
    case 'received':
      return null;
    case 'queued':
      return <Clock {...look} />;
    case 'sending':
      return <LoaderCircle {...look} />;
    case 'accepted':
    case 'sent':
      return <Check {...look} />;
    case 'delivered':
      return <CheckCheck {...look} />;
    case 'failed':
      return <TriangleAlert {...look} />;
    case 'unknown':
      return <CircleQuestionMark {...look} />;
  }
}
