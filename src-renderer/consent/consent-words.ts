import type { ConsentSummary } from '#shared/contract/consent-commands.ts';

import { clockTime, shortDay } from '../controls/tell-time.ts';

/** What the chip in the header says. */
export function chipWords({ standing, at }: ConsentSummary): string {
  const day = at === null ? '' : ` ${shortDay(at)}`;
  switch (standing) {
    case 'opted-out':
      return 'Opted out';
    case 'likely-opt-out':
      return 'Opt-out?';
    case 'asked':
      return `Asked to opt in${day}`;
    case 'express-written':
      return `Consent: written${day}`;
    case 'express':
      return `Consent: verbal${day}`;
    case 'opt-in':
      return `Opted in${day}`;
    case 'none':
      return 'No consent on file';
  }
}

/** Why nothing can be written to somebody who opted out, and how that ends. */
export function lockWords({ at, by, byLikelihood, words }: ConsentSummary): string {
  const who =
    by === 'customer' ? ' by customer' : by === 'carrier' ? ' at the carrier' : ' by an agent';
  const when = at === null ? '' : `, ${shortDay(at)} ${clockTime(at)}`;
  const said = words === null ? '' : ` ("${words}")`;
  const head = byLikelihood
    ? `Counts as opted out${when}${said}: nobody decided within a day`
    : `Opted out${who}${when}${said}`;
  return `${head}. Texting is locked. Calls still work.`;
}

/** Can an agent take it back? */
export const mayUndo = ({ standing, by }: ConsentSummary): boolean =>
  standing === 'opted-out' && by === 'agent';
