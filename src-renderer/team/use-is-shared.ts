import { useStore } from 'zustand';

import type { LineId } from '#shared/message/line.ts';

import { useScreen } from '../screen/screen-context.ts';

/** Is a line the team's, so that what is done in its conversations the others see too? */
export function useIsShared(lineId: LineId | undefined): boolean {
  const screen = useScreen();
  const connectionId = useStore(
    screen.overview,
    ({ lines }) => lines.find(({ id }) => id === lineId)?.connectionId,
  );
  return useStore(
    screen.connections,
    ({ list }) => list?.find(({ id }) => id === connectionId)?.origin === 'team',
  );
}
