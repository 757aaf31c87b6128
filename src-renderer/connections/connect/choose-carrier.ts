import type { Carrier } from '../../store/connections-store.ts';
import type { Screen } from '../../store/screen.ts';
import { connectingOf } from './connecting-store.ts';
import type { Entered } from './connecting-store.ts';

/** Chooses a carrier. What was entered for it before, or for another, is kept. */
export function chooseCarrier(screen: Screen, { id, capabilities }: Carrier): void {
  const taken = (screen.connections.getState().list ?? []).map(({ label }) => label);
  connectingOf(screen).setState(({ entered }) => ({
    carrierId: id,
    adding: 'no',
    entered: entered.has(id)
      ? entered
      : new Map(entered).set(id, nothingOf(freeLabel(capabilities.label, taken))),
  }));
}

const nothingOf = (label: string): Entered => ({
  label,
  credentials: {},
  baseUrl: '',
  publicUrl: '',
  writesHooks: true,
  trial: { kind: 'untried' },
  lines: [],
});

/** "Twilio", or "Twilio 2" where there is one already. */
export function freeLabel(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  let nth = 2;
  while (taken.includes(`${wanted} ${nth}`)) nth += 1;
  return `${wanted} ${nth}`;
}
