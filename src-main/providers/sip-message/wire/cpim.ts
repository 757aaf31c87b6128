import { MalformedMessage, type SipHeader } from './message.ts';

/** A part with headers of its own inside a body. Header names in lower case. */
export type Part = { readonly headers: readonly SipHeader[]; readonly body: Uint8Array };

/** A message in CPIM (RFC 3862): what it says of itself, and the content with its MIME headers. */
export type Cpim = {
  /** Names without their prefix, told apart by the namespace (a URN) the prefix stands for; '' for CPIM's own. */
  readonly headers: readonly CpimHeader[];
  readonly content: Part;
};

export type CpimHeader = {
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
};

export const imdnNamespace = 'urn:ietf:params:imdn';

const mostLines = 128;

/** @throws MalformedMessage */
export function parseCpim(body: Uint8Array): Cpim {
  const [head, rest] = cutAtBlankLine(body);
  return { headers: readCpimHeaders(head), content: parsePart(rest) };
}

/** A part: MIME headers, a blank line, the content. @throws MalformedMessage */
export function parsePart(bytes: Uint8Array): Part {
  const [head, body] = cutAtBlankLine(bytes);
  const headers = linesOf(head.replaceAll(/\r?\n[ \t]+/g, ' ')).map((line): SipHeader => {
    const [name, value] = readLine(line);
    return [name.toLowerCase(), value];
  });
  return { headers, body };
}

function cutAtBlankLine(bytes: Uint8Array): [head: string, rest: Uint8Array] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const starts = /^\r?\n/.exec(buffer.toString('latin1', 0, 2));
  if (starts !== null) return ['', bytes.subarray(starts[0].length)];
  const end = /\r?\n\r?\n/.exec(buffer.toString('latin1'));
  if (end === null) throw new MalformedMessage('a blank line is missing in the body');
  return [buffer.toString('utf8', 0, end.index), bytes.subarray(end.index + end[0].length)];
}

function linesOf(head: string): string[] {
  const lines = head.split(/\r?\n/).filter((line) => line !== '');
  if (lines.length > mostLines) throw new MalformedMessage('the body has over 128 headers');
  return lines;
}

function readLine(line: string): [name: string, value: string] {
  const [, name, value] = /^([\w!#$%&'*+.-]{1,64})[ \t]*:(.*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined)
    throw new MalformedMessage('a line in the body is no header');
  return [name, value.trim()];
}

/* Names are case-sensitive, and a prefix means what an NS header above it says (RFC 3862 3.4). */
function readCpimHeaders(head: string): CpimHeader[] {
  const prefixes = new Map<string, string>();
  return linesOf(head).map((line) => {
    const [written, value] = readLine(line);
    const dot = written.indexOf('.');
    if (written === 'NS') notePrefix(prefixes, value);
    if (dot < 0) return { namespace: prefixes.get('') ?? '', name: written, value };
    const namespace = prefixes.get(written.slice(0, dot)) ?? written.slice(0, dot);
    return { namespace, name: written.slice(dot + 1), value };
  });
}

function notePrefix(prefixes: Map<string, string>, value: string): void {
  const [, prefix = '', urn = ''] = /^(\S*)\s*<([^<>]*)>$/.exec(value) ?? [];
  if (urn !== '') prefixes.set(prefix, urn);
}

/** The value of a header; undefined where there is none. */
export function cpimHeaderOf(cpim: Cpim, namespace: string, name: string): string | undefined {
  return cpim.headers.find((each) => each.namespace === namespace && each.name === name)?.value;
}

/** A text that asks for receipts where `messageId` is given. All but `text` must be free of line breaks. */
export function writeCpim(cpim: {
  readonly from: string;
  readonly to: string;
  readonly at: Date;
  readonly messageId: string | null;
  readonly text: string;
}): Uint8Array {
  const receipts =
    cpim.messageId === null
      ? []
      : [
          `NS: imdn <${imdnNamespace}>`,
          `imdn.Message-ID: ${cpim.messageId}`,
          'imdn.Disposition-Notification: positive-delivery, negative-delivery, display',
        ];
  const lines = [
    `From: <${cpim.from}>`,
    `To: <${cpim.to}>`,
    `DateTime: ${cpim.at.toISOString()}`,
    ...receipts,
    '',
    'Content-Type: text/plain;charset=UTF-8',
    '',
    cpim.text,
  ];
  return Buffer.from(lines.join('\r\n'), 'utf8');
}
