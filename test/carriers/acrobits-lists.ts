import { ours } from './generic-account.ts';
import type { ApiReply } from './loopback-api.ts';

/** One text of the account, in either direction. */
export type AcrobitsText = {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly peer: string;
  readonly at: string;
  readonly type: string;
  readonly text: string;
};

type Ways = { readonly format: 'json' | 'xml'; readonly form: 'modern' | 'legacy' };

/** The answer to a fetch: the older form has `unread_smss` and one side of each text, the newer one `received_smss` and both. */
export function writeFetched(texts: readonly AcrobitsText[], ways: Ways): ApiReply {
  const isModern = ways.form === 'modern';
  const rows = (direction: 'in' | 'out') =>
    texts.filter((text) => text.direction === direction).map((text) => writeRow(text, isModern));
  const date = new Date().toISOString();
  const received = isModern ? 'received_smss' : 'unread_smss';
  if (ways.format === 'json')
    return { status: 200, body: { date, [received]: rows('in'), sent_smss: rows('out') } };
  const list = (name: string, direction: 'in' | 'out'): string =>
    `<${name}>${rows(direction).map(writeItem).join('')}</${name}>`;
  const lists = `${list(received, 'in')}\n${list('sent_smss', 'out')}`;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<response><date>${date}</date>\n${lists}</response>\n`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

type Row = Readonly<Record<string, string>>;

function writeRow({ id, direction, peer, at, type, text }: AcrobitsText, isModern: boolean): Row {
  const [sender, recipient] = direction === 'in' ? [peer, ours] : [ours, peer];
  const sides = direction === 'in' ? { sender } : { recipient };
  return {
    sms_id: id,
    sending_date: at,
    ...(isModern ? { sender, recipient, stream_id: peer } : sides),
    sms_text: text,
    content_type: type,
  };
}

function writeItem(row: Row): string {
  const members = Object.entries(row).map(([name, value]) => `<${name}>${escape(value)}</${name}>`);
  return `<item>${members.join('')}</item>`;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
