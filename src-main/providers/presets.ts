import type { Preset, PresetBlank } from '#shared/provider/preset.ts';

const blank = (field: string, question: string): PresetBlank => ({ field, question });

/* Nothing that SIPNEX publishes says how texts are exchanged with it. What stands here is asked of it before it is promised. */
const questions: readonly string[] = [
  'Is there an HTTP API for texts and pictures: sending, a webhook for what comes in, receipts, media? Its address, its credentials, its documentation, its signature?',
  'Which aggregator carries the texts, and can we have keys of its own API?',
  'Is SIP MESSAGE carried on registered trunks? Over which transports, with TLS, which digest algorithms, which types of body, how long, in Unicode?',
  'How are numbers written, and which header of a text in names the number it is to?',
  'Where an account is registered at several places, do all get a text, or the last alone? Is a text kept while nobody is registered?',
  'What do 200 and 202 mean, and is there any receipt (IMDN)?',
  'Is there any way for pictures (MMS)? How large, of which types, kept for how long?',
  'Is SMPP offered, and from which addresses?',
  'Who registers brand and campaign (10DLC), where is the campaign’s id, and who answers STOP and HELP?',
  'Can records of texts and calls be exported or asked for, and what does a segment cost?',
  'How many texts in a second may leave, which number can be tried with, and who helps?',
];

const shared = { unverified: true, questions } as const;

const overSip: Preset = {
  id: 'sipnex-sip',
  label: 'SIPNEX over SIP (unverified)',
  about:
    'SIPNEX texts over a SIP registration, if SIPNEX carries them so: ask, then try it with a text to yourself.',
  over: 'sip-message',
  values: { transport: 'tls', register: 'yes', cpim: 'no', imdn: 'no' },
  blanks: [
    blank('domain', 'What stands behind the @ of the SIP account?'),
    blank('username', 'What stands before the @ of the SIP account?'),
    blank('password', 'What is the password of the SIP account?'),
    blank('authUser', 'Is the login name another than the user name?'),
    blank('server', 'Which host, and which port, is connected to?'),
    blank('numberFormat', 'Are numbers written +15550100001, 15550100001 or 5550100001?'),
    blank('senderHeader', 'Which header names the number a text is from?'),
    blank('didHeader', 'Which header of a text in names the number it is to?'),
    blank('maxBytes', 'How long may a text be?'),
  ],
  ...shared,
};

const overHttp: Preset = {
  id: 'sipnex-http',
  label: 'SIPNEX over HTTP (unverified)',
  about: 'SIPNEX texts over an HTTP API, if SIPNEX has one: every field is theirs to tell.',
  over: 'generic-http',
  values: {},
  blanks: [
    blank('baseUrl', 'What is the address of the API?'),
    blank('contract', 'Is it an API of its own, or the web service SMS of Acrobits softphones?'),
    blank('sendPath', 'At which path is a text sent?'),
    blank('sendBody', 'What is sent there?'),
    blank('auth', 'How does the account prove itself?'),
    blank('token', 'What is the key or token of the account?'),
    blank('username', 'What is the user name, where it has one?'),
    blank('password', 'What is the password, where it has one?'),
    blank('numberFormat', 'How are numbers written?'),
    blank('messageId', 'Where in the answer is the id of the text?'),
    blank('inbound', 'What does a webhook call for a text in look like?'),
    blank('receipts', 'What does a webhook call for a receipt look like?'),
    blank('webhookSecret', 'Are the calls signed, and with which key?'),
  ],
  ...shared,
};

const overSmpp: Preset = {
  id: 'sipnex-smpp',
  label: 'SIPNEX over SMPP (unverified)',
  about: 'SIPNEX texts over an SMPP bind, if SIPNEX offers one to its customers.',
  over: 'smpp',
  values: {},
  blanks: [
    blank('address', 'Which host and port is bound to, and is it TLS?'),
    blank('systemId', 'What is the system id?'),
    blank('password', 'What is the password of the bind?'),
    blank('systemType', 'Is a system type wanted?'),
    blank('bindMode', 'One transceiver, or a transmitter and a receiver?'),
    blank('partsPerSecond', 'How many parts in a second may leave?'),
    blank('extraTlvs', 'Is a campaign’s id wanted with every text, and in which parameter?'),
  ],
  ...shared,
};

/** Every preset there is, in the order they are offered. None names a host that nobody has confirmed. */
export const presets: readonly Preset[] = [overSip, overHttp, overSmpp];
