import type { Preset } from '#shared/provider/preset.ts';

/* What any carrier with a trunk has to be asked before its numbers can be promised to text. */
const questions: readonly string[] = [
  'Is there an HTTP API for texts and pictures: sending, a webhook for what comes in, delivery receipts, media? Where is it described, and how are its calls signed?',
  'Which aggregator carries the messages, and could we have keys of our own with it?',
  'Are texts offered as SIP MESSAGE on registered trunks? With which transports, TLS, digest algorithms, body types, longest text, Unicode?',
  'How are numbers written, and which header names the number a text came in for? What becomes of texts while nobody is registered?',
  'What do 200 and 202 mean, and is there any delivery report?',
  'Is there any way for pictures (MMS), and with which sizes and types?',
  'Is SMPP offered, and from which addresses?',
  'Who registers brand and campaign (10DLC), what is the campaign id, and who handles STOP?',
  'Are call and message records to be had, and what does a segment cost?',
  'Which rates hold, is there a number to test with, and whom do we ask?',
];

const common = { label: 'SIPNEX', unverified: true, questions } as const;

/**
 * Carriers that are a filled form of one of the general ways. Of SIPNEX nothing is public but that it is a SIP-trunk carrier
 * with texts on the same numbers, so its hosts stay blank and nothing is claimed.
 */
export const presets: readonly Preset[] = [
  {
    ...common,
    id: 'sipnex-sip',
    about: 'Texts over the trunk itself, as SIP MESSAGE. Text only; a delivery is not reported.',
    over: 'sip-message',
    values: { transport: 'tls', numberFormat: 'e164' },
    blanks: [
      { field: 'domain', question: 'Which domain do the accounts belong to?' },
      { field: 'username', question: 'Which user name registers?' },
      { field: 'password', question: 'Which password goes with it?' },
    ],
  },
  {
    ...common,
    id: 'sipnex-http',
    about: 'Texts over an HTTP interface of the carrier or of the aggregator behind it.',
    over: 'generic-http',
    values: {},
    blanks: [
      { field: 'baseUrl', question: 'At which address is the interface?' },
      { field: 'sendPath', question: 'Which path takes a text, and in which form?' },
      { field: 'token', question: 'Which key or token does the account have?' },
    ],
  },
  {
    ...common,
    id: 'sipnex-smpp',
    about: 'Texts over an SMPP bind, as carriers offer it to customers with many texts.',
    over: 'smpp',
    values: { bindMode: 'trx' },
    blanks: [
      { field: 'address', question: 'At which host and port does the message centre listen?' },
      { field: 'systemId', question: 'Which system id binds?' },
      { field: 'password', question: 'Which password goes with it?' },
    ],
  },
];
