import type { Line } from '#shared/message/line.ts';
import type { Brand, Campaign, LineRegistration } from '#shared/throughput/registration.ts';

export const brandKinds: Readonly<Record<Brand['kind'], string>> = {
  standard: 'Standard',
  'low-volume': 'Low-volume standard',
  'sole-proprietor': 'Sole proprietor',
  'russell-3000': 'Russell 3000',
  government: 'Government, verified',
};

export const campaignUses: Readonly<Record<Campaign['use'], string>> = {
  declared: 'One declared purpose',
  mixed: 'Mixed or marketing',
  'low-volume-mixed': 'Low-volume mixed',
};

/** `BACME1 · Standard · score 60`. */
export function brandWords({ id, kind, score, hasTaxId }: Brand): string {
  const vetting = score === null ? 'not vetted' : `score ${score}`;
  return [id, brandKinds[kind], vetting, ...(hasTaxId ? ['tax id on file'] : [])].join(' · ');
}

/** `Customer care · Mixed or marketing · AT&T class by score`. */
export function campaignWords({ useCase, use, attClass }: Campaign): string {
  const att = attClass === null ? 'AT&T class by score' : `AT&T class ${attClass}`;
  return [useCase, campaignUses[use], att].filter(Boolean).join(' · ');
}

type State = LineRegistration['state'];

/** The states a person can choose for a line, by the kind of its number; null where nothing is registered. */
export function statesOf(numberType: Line['numberType']): Readonly<Record<State, string>> | null {
  switch (numberType) {
    case '10dlc':
      return {
        unknown: 'Not known',
        registered: 'Registered',
        pending: 'Campaign not approved yet',
        unregistered: 'In no campaign',
        rejected: 'Campaign rejected',
      };
    case 'toll-free':
      return {
        unknown: 'Not known',
        registered: 'Verified',
        pending: 'Verification under way',
        unregistered: 'Not verified',
        rejected: 'Verification rejected',
      };
    case 'short-code':
    case 'other':
      return null;
  }
}

/** `Registration: registered · campaign CACME1 · the carrier says so`. */
export function lineWords(
  states: Readonly<Record<State, string>>,
  known: LineRegistration | undefined,
): string {
  const campaign = known?.campaignId ?? null;
  return [
    `Registration: ${states[known?.state ?? 'unknown'].toLowerCase()}`,
    ...(campaign === null ? [] : [`campaign ${campaign}`]),
    ...(known?.source === 'carrier' ? ['the carrier says so'] : []),
  ].join(' · ');
}
