/** The octets of a file that are asked for, both ends included. */
export type Range = { readonly start: number; readonly end: number };

/**
 * Reads a `Range` header. Anything but one plain range of octets is answered with the whole file, as HTTP allows.
 * @param size of the file, in octets
 */
export function readRange(
  header: string | undefined,
  size: number,
): Range | 'whole' | 'unsatisfiable' {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/u.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return 'whole';
  if (first === '')
    return checked({ start: Math.max(0, size - Number(last)), end: size - 1 }, size);
  const start = Number(first);
  if (last === '') return checked({ start, end: size - 1 }, size);
  // Back to front is no range at all, and what is no range is not looked at.
  if (Number(last) < start) return 'whole';
  return checked({ start, end: Math.min(Number(last), size - 1) }, size);
}

function checked(range: Range, size: number): Range | 'unsatisfiable' {
  return range.start < size ? range : 'unsatisfiable';
}
