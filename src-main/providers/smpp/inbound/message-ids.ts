import type { IdFormat } from '../profile.ts';

type Base = 'decimal' | 'hex';
/** How ids stand in the answer and in the receipt, and in which form they are kept. */
type Form = { readonly 'in-answer': Base; readonly 'in-receipt': Base; readonly kept: Base };

const forms: Readonly<Record<Exclude<IdFormat, 'as-given'>, Form>> = {
  hex: { 'in-answer': 'hex', 'in-receipt': 'hex', kept: 'hex' },
  'hex-then-decimal': { 'in-answer': 'hex', 'in-receipt': 'decimal', kept: 'hex' },
  'decimal-then-hex': { 'in-answer': 'decimal', 'in-receipt': 'hex', kept: 'decimal' },
};

/**
 * A message's id in the one form that its answer and its receipt share: that of the answer, without leading zeros, hexadecimal
 * digits in capitals. An id that is no such number stays as given.
 */
export function shareId(id: string, format: IdFormat, said: 'in-answer' | 'in-receipt'): string {
  if (format === 'as-given') return id;
  const form = forms[format];
  const number = readWhole(id, form[said]);
  if (number === null) return id;
  return form.kept === 'hex' ? number.toString(16).toUpperCase() : number.toString();
}

function readWhole(id: string, base: Base): bigint | null {
  if (base === 'hex') return /^[0-9a-f]{1,64}$/i.test(id) ? BigInt(`0x${id}`) : null;
  return /^\d{1,64}$/.test(id) ? BigInt(id) : null;
}
