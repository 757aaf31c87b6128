import { MalformedMessage } from './message.ts';

/** What a disposition notification (RFC 5438) says. */
export type Imdn = {
  readonly messageId: string;
  readonly about: 'delivery' | 'processing' | 'display';
  /** `delivered`, `failed`, `processed`, `stored`, `displayed`, `forbidden` or `error`; others are told as they stand. */
  readonly status: string;
  readonly at: string | null;
};

const longest = 16_384;
const namespace = 'urn:ietf:params:xml:ns:imdn';
const tag =
  /<(\/?)(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g;
const kinds = ['delivery', 'processing', 'display'] as const;

/**
 * Reads the few elements a notification has. A document type, and with it every entity, is refused; at most 16 KiB are read.
 * @throws MalformedMessage
 */
export function parseImdn(bytes: Uint8Array): Imdn {
  if (bytes.length > longest) throw new MalformedMessage('the receipt is over 16 KiB');
  const xml = new TextDecoder('utf-8').decode(bytes);
  if (/<!(?!--)/.test(xml)) throw new MalformedMessage('the receipt has a document type');
  const elements = readElements(xml.replaceAll(/<!--[^]*?-->/g, ''));
  const messageId = elements.get('imdn/message-id') ?? '';
  if (!/^[\x21-\x7e]{1,256}$/.test(messageId))
    throw new MalformedMessage('the receipt names no message');
  const at = elements.get('imdn/datetime') ?? null;
  return { messageId, ...statusIn(elements), at };
}

/** The text of every element by its path of local names; an empty one has ''. */
function readElements(xml: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const open: string[] = [];
  let textFrom = 0;
  for (const {
    0: whole,
    1: slash,
    2: name = '',
    3: attributes = '',
    4: empty,
    index,
  } of xml.matchAll(tag)) {
    if (slash === '/') {
      if (open.at(-1) !== name) throw new MalformedMessage('the receipt is not well formed');
      const text = xml.slice(textFrom, index);
      if (!text.includes('<')) found.set(open.join('/'), unescapeXml(text).trim());
      open.pop();
      continue;
    }
    if (open.length === 0) mustBeImdn(name, attributes);
    open.push(name);
    if (open.length > 8) throw new MalformedMessage('the receipt is nested too deep');
    if (empty === '/') found.set(open.join('/'), '');
    if (empty === '/') open.pop();
    textFrom = index + whole.length;
  }
  if (open.length > 0) throw new MalformedMessage('the receipt is not well formed');
  return found;
}

function mustBeImdn(name: string, attributes: string): void {
  if (name !== 'imdn' || !attributes.includes(namespace))
    throw new MalformedMessage('the receipt is of another kind');
}

function statusIn(elements: ReadonlyMap<string, string>): Pick<Imdn, 'about' | 'status'> {
  for (const about of kinds) {
    const path = `imdn/${about}-notification/status/`;
    const found = [...elements.keys()].find((each) => each.startsWith(path));
    if (found !== undefined) return { about, status: found.slice(path.length) };
  }
  throw new MalformedMessage('the receipt has no status');
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

function unescapeXml(text: string): string {
  return text.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? '');
}
