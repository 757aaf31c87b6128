import { scryptSync } from 'node:crypto';

/**
 * What is kept of a tax id: enough to see that two brands have the same, and slow to guess it from. There are only a thousand
 * million of them, so a plain digest would hide nothing.
 */
export function digestTaxId(taxId: string): string {
  const digits = taxId.replaceAll(/\D/gu, '');
  return scryptSync(digits, 'trunkline tax id', 32, { N: 16_384, r: 8, p: 1 }).toString(
    'base64url',
  );
}
