import { expect, test } from 'vitest';

import { findProvider } from '#main/providers/registry.ts';
import { carrierAnswers } from '#shared/compliance/carrier-answers.ts';

const local = '+12125550100';
const tollFree = '+18005550100';

test.each([
  ['twilio', 'opt-out', local, 'stop', true],
  ['twilio', 'opt-out', local, ' STOP ', true],
  ['twilio', 'opt-out', local, 'stop please', false],
  ['twilio', 'help', local, 'Help', true],
  ['twilio', 'opt-in', local, 'START', true],
  ['telnyx', 'opt-out', local, 'Stop all', true],
  ['telnyx', 'opt-out', local, 'revoke', false],
  ['flowroute', 'opt-out', local, 'STOP', true],
  ['flowroute', 'opt-out', local, 'QUIT', false],
  ['plivo', 'opt-out', local, 'CANCEL', true],
  ['sandbox', 'opt-out', local, 'STOP', false],
  ['smpp', 'opt-out', local, 'STOP', false],
  ['smpp', 'opt-out', tollFree, 'STOP', true],
  ['smpp', 'opt-out', tollFree, 'END', false],
  ['smpp', 'help', tollFree, 'HELP', false],
  ['smpp', 'opt-in', tollFree, 'UNSTOP', true],
] as const)('%s answers %s on %s by itself to %j: %s', (...row) => {
  const [provider, kind, line, body, answered] = row;
  const capabilities = findProvider(provider)?.capabilities;
  expect(capabilities).toBeDefined();
  expect(carrierAnswers(capabilities, kind, { line, body })).toBe(answered);
});
