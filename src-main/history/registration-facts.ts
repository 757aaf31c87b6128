import type { ReadableDb } from '#main/sqlite/database.ts';
import type { RegistrationFacts } from '#shared/compliance/judge-registration.ts';
import type { Line } from '#shared/message/line.ts';

import { findConnection } from './connections.ts';
import { findLineRegistration } from './registrations.ts';

/**
 * How far a line is registered. Numbers of the sandbox count as registered where nobody said otherwise: nobody stands behind it who
 * would block them.
 */
export function registrationFacts(db: ReadableDb, line: Line, peer: string): RegistrationFacts {
  const isSandbox = findConnection(db, line.connectionId)?.provider === 'sandbox';
  const state = findLineRegistration(db, line.id)?.state ?? (isSandbox ? 'registered' : 'unknown');
  return { numberType: line.numberType, state, isDomestic: peer.startsWith('+1') };
}
