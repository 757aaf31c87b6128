import { type WireMessage, valueOf, valuesOf } from './sip-wire.ts';

const needed = ['via', 'max-forwards', 'from', 'to', 'call-id', 'cseq', 'user-agent'];
const registering = [
  'contact',
  'expires',
  'allow',
  'supported',
  'authorization',
  'proxy-authorization',
];
const texting = [
  'date',
  'content-type',
  'authorization',
  'proxy-authorization',
  'p-asserted-identity',
  'p-preferred-identity',
  'x-sender',
];
const imfFixdate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

/** What is wrong with a request by the letter of RFC 3261 and RFC 3428; null where nothing is. */
export function complaintAbout(request: WireMessage, transport: string): string | null {
  const [method = '', uri = '', version] = request.start.split(' ');
  const only = (name: string): string => valuesOf(request, name).join('|');
  const checks: readonly (readonly [boolean, string])[] = [
    [version === 'SIP/2.0', 'version'],
    [['REGISTER', 'OPTIONS', 'MESSAGE'].includes(method), `method ${method}`],
    [/^sip:[^\s<>"]+$/.test(uri), 'request uri'],
    [
      new RegExp(`^SIP/2\\.0/${transport} [^;]+;branch=z9hG4bK[\\w]{16,}(;rport)?$`).test(
        only('via'),
      ),
      'via',
    ],
    [transport !== 'UDP' || only('via').endsWith(';rport'), 'rport'],
    [only('max-forwards') === '70', 'max-forwards'],
    [/^<sip:[^\s<>]+@[^\s<>]+>;tag=[\w]{8,}$/.test(only('from')), 'from'],
    [/^<sip:[^\s<>]+@[^\s<>]+>$/.test(only('to')), 'to'],
    [/^[\w-]{16,}$/.test(only('call-id')), 'call-id'],
    [new RegExp(`^[1-9]\\d{0,5} ${method}$`).test(only('cseq')), 'cseq'],
    ...(method === 'MESSAGE' ? aboutMessage(request, uri) : []),
    ...(method === 'REGISTER' ? aboutRegister(request, uri) : []),
  ];
  const unknown = request.headers
    .map(([name]) => name)
    .find((name) => ![...needed, 'content-length', ...more(method)].includes(name));
  if (unknown !== undefined) return `unexpected header ${unknown}`;
  return checks.find(([good]) => !good)?.[1] ?? null;
}

const more = (method: string): readonly string[] => (method === 'MESSAGE' ? texting : registering);

function aboutMessage(request: WireMessage, uri: string): (readonly [boolean, string])[] {
  const type = valueOf(request, 'content-type');
  return [
    [valueOf(request, 'to') === `<${uri}>`, 'to is not the request uri'],
    [imfFixdate.test(valueOf(request, 'date')), 'date'],
    [['text/plain;charset=UTF-8', 'message/cpim'].includes(type), 'content-type'],
    [valuesOf(request, 'contact').length === 0, 'a contact in a MESSAGE'],
    [Buffer.from(request.body.toString('utf8')).equals(request.body), 'body is not UTF-8'],
  ];
}

function aboutRegister(request: WireMessage, uri: string): (readonly [boolean, string])[] {
  const contact = valuesOf(request, 'contact').join('|');
  const form =
    /^<sip:[^\s<>]+@[^\s<>]+;transport=(?:udp|tcp|tls|ws)(?:;ob)?>;expires=\d+;methods="MESSAGE, OPTIONS";\+sip\.instance="<urn:uuid:[\da-f-]{36}>"(?:;reg-id=1)?$/;
  return [
    [!uri.includes('@'), 'a user in the uri of REGISTER'],
    [valueOf(request, 'to').startsWith(valueOf(request, 'from').split(';')[0] ?? '?'), 'to'],
    [contact === '' || form.test(contact), 'contact'],
    [request.body.length === 0, 'a body in a REGISTER'],
  ];
}
