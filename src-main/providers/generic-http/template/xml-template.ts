import { MalformedXml, readXml } from '../reply/read-xml.ts';
import { WrongSetting } from '../wrong-setting.ts';
import { type Filling, Unfit, fill } from './fill.ts';
import { type Piece, type Source, compilePieces, namesEachMedia } from './placeholder.ts';

/**
 * An XML document with placeholders in its text and in quoted attributes, the only places where escaping holds. What is not there is
 * left empty.
 * @throws {WrongSetting} with the place in the document
 */
export function compileXml(source: Source): (filling: Filling) => string {
  mustBePlainXml(source);
  const pieces = compilePieces(source);
  if (namesEachMedia(pieces)) {
    throw new WrongSetting(source.field, 'cannot repeat an element: use {{media1}} and so on');
  }
  return (filling) => pieces.map((piece) => write(piece, filling)).join('');
}

function write(piece: Piece, filling: Filling): string {
  return fill([piece], filling, escapeXml) ?? '';
}

function mustBePlainXml({ field, text }: Source): void {
  const body = text.trim().replace(/^<\?xml [^?<>{}%]*\?>/, '');
  if (/<[!?]/.test(body))
    throw new WrongSetting(field, 'must hold no comment, CDATA, DOCTYPE or processing instruction');
  try {
    readXml(body);
  } catch (error) {
    if (!(error instanceof MalformedXml)) throw error;
    throw new WrongSetting(
      field,
      `is not XML (${error.message}): placeholders stand in text or in a quoted attribute`,
    );
  }
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * Text as it must stand in XML 1.0. Line breaks and tabs are written as references, because readers change the bare ones.
 * @throws {Unfit} at a character that XML cannot hold in any form
 */
function escapeXml(value: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.exec(value);
  if (unfit !== null) {
    const code = unfit[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    throw new Unfit('content', `XML cannot hold the character U+${code}`);
  }
  return value.replaceAll(/[&<>"'\t\n\r]/g, (sign) => references[sign] ?? sign);
}
