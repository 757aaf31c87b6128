import type { CredentialField } from '#shared/provider/capabilities.ts';

import { numberFormats, transports } from './profile.ts';

type Words = readonly [label: string, hint: string];

const needed = (name: string, [label, hint]: Words): CredentialField => ({
  name,
  label,
  hint,
  secret: false,
  optional: false,
});

const optional = (name: string, words: Words): CredentialField => ({
  ...needed(name, words),
  optional: true,
});

const choice = (name: string, words: Words, choices: readonly string[]): CredentialField => ({
  ...optional(name, words),
  choices,
});

/** What a person enters to connect a SIP trunk. */
export const credentialFields: readonly CredentialField[] = [
  needed('domain', ['Domain', 'What stands behind the @ of the account, such as sip.example.net.']),
  needed('username', ['User name', 'What stands before the @ of the account.']),
  { ...needed('password', ['Password', 'The password of the SIP account.']), secret: true },
  optional('authUser', ['Login name', 'Only where it differs from the user name.']),
  choice(
    'transport',
    [
      'Transport',
      'How the server is spoken to. TCP and UDP carry texts where everybody on the way can read them.',
    ],
    transports,
  ),
  optional('registrar', ['Registrar', 'The host that registers, where it is not the domain.']),
  optional('server', [
    'Server',
    'Host, or host:port, to connect to where it is not the registrar: the outbound proxy.',
  ]),
  optional('wssUrl', [
    'WebSocket address',
    'For the transport wss alone, such as wss://sip.example.net/ws.',
  ]),
  {
    ...optional('tlsCa', [
      'Certificate authority',
      'In PEM, where the server’s certificate is signed by one of its own.',
    ]),
    multiline: true,
  },
  choice(
    'numberFormat',
    ['Number format', 'How the carrier writes numbers: +15550100001, 15550100001 or 5550100001.'],
    numberFormats,
  ),
  optional('senderHeader', [
    'Sender header',
    'Which header names the line a text is from: From, P-Asserted-Identity, P-Preferred-Identity or one of the carrier’s own.',
  ]),
  optional('fromUser', [
    'From user',
    'What stands before the @ of From, where it is always the same.',
  ]),
  optional('didHeader', [
    'Receiving header',
    'Which header of a text in names the line it is to, such as X-SMS-To. Left out, the usual ones are tried.',
  ]),
  choice(
    'register',
    ['Register', 'No, where the trunk knows this machine by its address.'],
    ['yes', 'no'],
  ),
  optional('expires', [
    'Registration time',
    'Seconds to ask for, 60 to 86400; 300 where left out.',
  ]),
  optional('keepAlive', [
    'Keep-alive',
    'Seconds between signs of life, 1 to 600; 25 where left out.',
  ]),
  choice('outbound', ['Outbound', 'Yes, where the registrar knows RFC 5626.'], ['no', 'yes']),
  choice('cpim', ['CPIM', 'Wraps texts in CPIM. Most carriers refuse it.'], ['no', 'yes']),
  choice('imdn', ['Receipts', 'Asks for receipts (IMDN); needs CPIM.'], ['no', 'yes']),
  optional('maxBytes', ['Longest text', 'In bytes of UTF-8, 70 to 4000; 900 where left out.']),
];
