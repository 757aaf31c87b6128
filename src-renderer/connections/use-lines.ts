import { useMemo } from 'react';
import { useStore } from 'zustand';

import type { ConnectionId, Line } from '#shared/message/line.ts';

import { useScreen } from '../screen/screen-context.ts';

/** The lines of a connection. */
export function useLines(id: ConnectionId): readonly Line[] {
  const lines = useStore(useScreen().overview, (overview) => overview.lines);
  return useMemo(() => lines.filter(({ connectionId }) => connectionId === id), [lines, id]);
}
