import { latin1, viewOf } from './byte-pattern.ts';

/* How far readers of pages and PDFs look for a beginning, in octets. */
const searchedSpan = 4_096;
const pageMark = /<(?:!doctype|html|head|body|script|iframe|svg|\?php)|%pdf-/i;

/**
 * Do these bytes also make sense as something that runs or is opened by other rules: a page or a PDF at either end, or an
 * archive, which is read from its end? Such a file is no picture, whatever it begins like.
 */
export function hidesAnotherFile(bytes: Uint8Array): boolean {
  const head = latin1(bytes, 0, searchedSpan);
  const tail = latin1(bytes, Math.max(0, bytes.byteLength - searchedSpan), bytes.byteLength);
  return pageMark.test(head) || pageMark.test(tail) || endsAsArchive(bytes);
}

const directoryEnd = 0x06054b50;
const directoryEndLength = 22;
const longestComment = 65_535;

/** A ZIP's last record names the length of the comment after it, which must fill the file to its end. */
function endsAsArchive(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  const last = bytes.byteLength - directoryEndLength;
  for (let at = last; at >= Math.max(0, last - longestComment); at -= 1) {
    if (view.getUint32(at, true) !== directoryEnd) continue;
    if (view.getUint16(at + 20, true) === last - at) return true;
  }
  return false;
}
