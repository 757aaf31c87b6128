import { type ContentType } from './content-type.ts';
import { type Part, parsePart } from './cpim.ts';
import { MalformedMessage } from './message.ts';

const mostParts = 16;

/** The parts of a body of type multipart (RFC 2046 5.1). @throws MalformedMessage */
export function partsOf(type: ContentType, body: Uint8Array): Part[] {
  const boundary = type.parameters.get('boundary') ?? '';
  if (boundary === '' || boundary.length > 70)
    throw new MalformedMessage('the body has parts, and no boundary between them');
  const text = Buffer.from(body).toString('latin1');
  const [, ...pieces] = `\r\n${text}`.split(`\r\n--${boundary}`);
  const end = pieces.findIndex((piece) => piece.startsWith('--'));
  const parts = end < 0 ? pieces : pieces.slice(0, end);
  if (parts.length === 0 || parts.length > mostParts)
    throw new MalformedMessage('the body has no parts, or over 16');
  return parts.map((piece) => parsePart(Buffer.from(piece.replace(/^[ \t]*\r\n/, ''), 'latin1')));
}
