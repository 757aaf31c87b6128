import { contentTypeOf } from '../wire/content-type.ts';
import { type Part, cpimHeaderOf, parseCpim } from '../wire/cpim.ts';
import { textOfHtml } from '../wire/html-text.ts';
import { type Imdn, parseImdn } from '../wire/imdn.ts';
import { MalformedMessage } from '../wire/message.ts';
import { partsOf } from '../wire/multipart.ts';

/** What a body turned out to hold. `sentAt`: when the sender's own envelope says, milliseconds since 1970. */
export type BodyRead =
  | { readonly kind: 'text'; readonly text: string; readonly sentAt: number | null }
  | { readonly kind: 'receipt'; readonly imdn: Imdn }
  /** "Somebody is typing": nothing to keep. */
  | { readonly kind: 'nothing' };

const longestHtml = 16_384;
const deepest = 3;

/** Understands a body, whatever it is wrapped in. @throws MalformedMessage */
export function readBody(part: Part, depth = 0): BodyRead {
  if (depth > deepest) throw new MalformedMessage('the body is wrapped too often');
  const contentType = contentTypeOf(part);
  const { type } = contentType;
  if (type.startsWith('multipart/'))
    return readBody(bestOf(partsOf(contentType, part.body)), depth + 1);
  switch (type) {
    case 'text/plain':
      return { kind: 'text', text: decode(part), sentAt: null };
    case 'text/html':
      return { kind: 'text', text: readHtml(part), sentAt: null };
    case 'message/cpim':
      return readCpim(part, depth);
    case 'message/imdn+xml':
      return { kind: 'receipt', imdn: parseImdn(part.body) };
    case 'application/im-iscomposing+xml':
      return { kind: 'nothing' };
    default:
      throw new MalformedMessage('the body is of a type that is not read here');
  }
}

function readCpim(part: Part, depth: number): BodyRead {
  const cpim = parseCpim(part.body);
  const read = readBody(cpim.content, depth + 1);
  if (read.kind !== 'text') return read;
  const at = Date.parse(cpimHeaderOf(cpim, '', 'DateTime') ?? '');
  return { ...read, sentAt: Number.isNaN(at) ? read.sentAt : at };
}

/* The plainest part there is, because that is what a text is. */
function bestOf(parts: readonly Part[]): Part {
  const types = ['text/plain', 'message/cpim', 'message/imdn+xml', 'text/html'];
  const best = types.flatMap((type) => parts.filter((part) => contentTypeOf(part).type === type));
  const [first] = [
    ...best,
    ...parts.filter((part) => contentTypeOf(part).type.startsWith('multipart/')),
  ];
  if (first === undefined) throw new MalformedMessage('no part of the body is a text');
  return first;
}

function readHtml(part: Part): string {
  if (part.body.length > longestHtml) throw new MalformedMessage('the page is over 16 KiB');
  return textOfHtml(decode(part));
}

/* A text cut in the middle of a letter is worth reading all the same. */
function decode(part: Part): string {
  const charset = contentTypeOf(part).parameters.get('charset') ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(part.body);
  } catch {
    throw new MalformedMessage('the text is in a character set that is not known');
  }
}
