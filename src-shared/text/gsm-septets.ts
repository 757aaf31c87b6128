import { gsmDefaultAlphabet } from './gsm-default-alphabet.ts';
import { gsmExtension } from './gsm-extension.ts';

const codeUnits = 0x1_0000;

/** Set in `septetCodes` where an escape must precede the code. */
export const behindEscape = 0x80;

/**
 * Septets each UTF-16 code unit costs in GSM-7: 1 in the default alphabet, 2 behind an escape, 0 not
 * encodable. Surrogates cost 0, so text outside the basic plane never passes for GSM-7.
 */
export const septetCosts: Uint8Array = new Uint8Array(codeUnits);

/** The septet of each UTF-16 code unit whose cost is not 0, with `behindEscape` where the cost is 2. */
export const septetCodes: Uint8Array = new Uint8Array(codeUnits);

const learn = (table: Uint16Array, cost: 1 | 2): void => {
  table.forEach((unit, code) => {
    if (unit === 0) return;
    septetCosts[unit] = cost;
    septetCodes[unit] = cost === 1 ? code : code | behindEscape;
  });
};

learn(gsmDefaultAlphabet, 1);
learn(gsmExtension, 2);
