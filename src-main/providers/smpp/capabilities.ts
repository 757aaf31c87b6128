import {
  type Capabilities,
  type CredentialField,
  usualCapabilities,
} from '#shared/provider/capabilities.ts';

import { alphabets, bindModes, idFormats, longModes, shortCodeForms } from './profile.ts';
import { unencryptedChoices } from './read-connection.ts';

const credentials: readonly CredentialField[] = [
  {
    name: 'address',
    label: 'Address',
    secret: false,
    optional: false,
    hint: 'smpps://host:port with TLS, or smpp://host:port without, as the carrier’s account sheet says.',
  },
  {
    name: 'systemId',
    label: 'System id',
    secret: false,
    optional: false,
    hint: 'The account’s name on the carrier’s SMPP sheet, at most 15 characters.',
  },
  {
    name: 'password',
    label: 'Password',
    secret: true,
    optional: false,
    hint: 'Beside the system id; the standard allows 8 characters.',
  },
  {
    name: 'systemType',
    label: 'System type',
    secret: false,
    optional: true,
    hint: 'Only where the carrier names one; mostly empty.',
  },
  {
    name: 'unencrypted',
    label: 'Without TLS',
    secret: false,
    optional: true,
    choices: unencryptedChoices,
    hint: 'SMPP without TLS sends the password in the clear: through-vpn allows it where a VPN or a tunnel protects the way.',
  },
  {
    name: 'certificateAuthority',
    label: 'Certificate authority',
    secret: false,
    optional: true,
    multiline: true,
    hint: 'The certificate, in PEM, of the authority that signs the carrier’s own; only where that is no public one.',
  },
  {
    name: 'serverName',
    label: 'Name in the certificate',
    secret: false,
    optional: true,
    hint: 'Where it is not the host of the address.',
  },
  {
    name: 'bindMode',
    label: 'Binds',
    secret: false,
    optional: true,
    choices: bindModes,
    hint: 'trx: one transceiver. tx_rx: a transmitter and a receiver, where the carrier wants two.',
  },
  {
    name: 'alphabet',
    label: 'Default alphabet',
    secret: false,
    optional: true,
    choices: alphabets,
    hint: 'What the carrier takes data_coding 0 for. Wrong where @ or é arrive as other characters.',
  },
  {
    name: 'longMode',
    label: 'Long texts',
    secret: false,
    optional: true,
    choices: longModes,
    hint: 'udh: parts with a header. sar: parts with parameters. payload: whole, the carrier splits. Another one where long texts are refused with 0x43.',
  },
  {
    name: 'idFormat',
    label: 'Message ids',
    secret: false,
    optional: true,
    choices: idFormats,
    hint: 'How ids look in the answer and then in the receipt. Wrong where texts stay “sent” though they arrive.',
  },
  {
    name: 'shortCodeForm',
    label: 'Short code as sender',
    secret: false,
    optional: true,
    choices: shortCodeForms,
    hint: 'Type of number and numbering plan. Another one where short codes are refused with 0x48 or 0x49.',
  },
  {
    name: 'window',
    label: 'Window',
    secret: false,
    optional: true,
    hint: 'How many parts may be unanswered at once, 1 to 100; 10 where nothing is said.',
  },
  {
    name: 'partsPerSecond',
    label: 'Parts in a second',
    secret: false,
    optional: true,
    hint: 'As the carrier’s sheet allows; empty for as many as it takes.',
  },
  {
    name: 'extraTlvs',
    label: 'Extra parameters',
    secret: false,
    optional: true,
    multiline: true,
    hint: 'What the carrier wants with every text, such as a campaign’s id: a line each, 1400=TEXT or 1401=hex:0A0B.',
  },
];

/** SMPP 3.4, whatever the carrier behind it. */
export const capabilities: Capabilities = {
  ...usualCapabilities,
  label: 'SMPP',
  about:
    'Texts over SMPP 3.4, straight into a carrier’s message centre. Keep this connection on one machine that is always on: what comes in goes to whoever is bound.',
  credentials,
  mms: false,
  signedWebhooks: false,
  hooks: [],
  keepsSession: true,
  senderTypes: ['10dlc', 'toll-free', 'short-code', 'alphanumeric'],
  media: null,
  parallelSends: 10,
  reconcileAfterMs: [40_000, 120_000],
};
