import type { Carrier, Preset } from '../../store/connections-store.ts';
import type { Screen } from '../../store/screen.ts';
import { connectingOf } from './connecting-store.ts';
import type { Entered } from './connecting-store.ts';

/** Chooses a carrier. What was entered for it before, or for another, is kept. */
export function chooseCarrier(screen: Screen, { id, capabilities }: Carrier): void {
  const label = freeLabel(capabilities.label, takenLabels(screen));
  connectingOf(screen).setState(({ entered }) => ({
    carrierId: id,
    presetId: null,
    adding: 'no',
    entered: entered.has(id) ? entered : new Map(entered).set(id, nothingOf(label)),
  }));
}

/** Chooses a preset: the form of its carrier, filled with what is known; what was entered there before stays. */
export function choosePreset(screen: Screen, preset: Preset): void {
  const label = freeLabel(preset.label, takenLabels(screen));
  connectingOf(screen).setState(({ entered }) => {
    const before = entered.get(preset.over) ?? nothingOf(label);
    const credentials = { ...preset.values, ...before.credentials };
    return {
      carrierId: preset.over,
      presetId: preset.id,
      adding: 'no',
      entered: new Map(entered).set(preset.over, { ...before, label, credentials }),
    };
  });
}

const takenLabels = (screen: Screen): string[] =>
  (screen.connections.getState().list ?? []).map(({ label }) => label);

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
