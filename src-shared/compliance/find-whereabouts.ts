import { type Area, findArea } from '../phone/find-area.ts';
import { isZone } from './local-clock.ts';
import type { Whereabouts } from './quiet-hours.ts';

/** How sure we are: the contact says it, or it is presumed from the area code, or nothing is known. */
export type Certainty = 'contact' | 'area-code' | 'unknown';

export type Located = Whereabouts & { readonly certainty: Certainty };

/** What is known of a recipient. */
export type RecipientFacts = {
  readonly e164: string;
  /** IANA zone kept with the contact; null where there is none. */
  readonly zone: string | null;
  /** State kept with the contact, as the post abbreviates it. */
  readonly state: string | null;
};

/** Where nothing is known the window must be open from coast to coast. */
const coastToCoast = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
];

/**
 * Where a recipient may be. A contact's own zone decides the clock; the state of the area code is held to all the same,
 * because Florida, Oklahoma and Maryland presume by it.
 */
export function findWhereabouts({ e164, zone, state }: RecipientFacts): Located {
  const area = findArea(e164);
  const presumed = area.kind === 'area' && area.country === 'US' ? area.states : [];
  const states = [...new Set([...(state === null ? [] : [state]), ...presumed])];
  if (zone !== null && isZone(zone)) return { zones: [zone], states, certainty: 'contact' };
  return { ...zonesOf(area), states };
}

function zonesOf(area: Area): Pick<Located, 'zones' | 'certainty'> {
  if (area.kind === 'area') return { zones: area.zones, certainty: 'area-code' };
  return { zones: coastToCoast, certainty: 'unknown' };
}
