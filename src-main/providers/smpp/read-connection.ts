import { z } from 'zod';

import type { OpenConnection } from '#shared/provider/provider.ts';

import {
  type Place,
  type Profile,
  alphabets,
  bindModes,
  idFormats,
  longModes,
  shortCodeForms,
} from './profile.ts';
import { readExtraTlvs } from './read-extra-tlvs.ts';
import { readPlace } from './read-place.ts';
import { noTlvs } from './wire/tlvs.ts';

/** What may stand between us and the carrier where there is no TLS. */
export const unencryptedChoices = ['only-on-this-machine', 'through-vpn'] as const;

const ascii = (most: number) =>
  z
    .string('is missing')
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII and not empty')
    .max(most, `must have no more than ${most} characters`);

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine(
      (number) => number >= least && number <= most,
      `must be a whole number from ${least} to ${most}`,
    );

const oneOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.enum(choices, `must be one of ${choices.join(', ')}`).default(choices[0] as Choices[number]);

const credentialsShape = z.object({
  address: z.string().optional(),
  systemId: ascii(15),
  password: ascii(64),
  systemType: ascii(12).optional(),
  unencrypted: oneOf(unencryptedChoices),
  certificateAuthority: z
    .string()
    .regex(/-----BEGIN CERTIFICATE-----/, 'must be a certificate in PEM, or be left out')
    .optional(),
  serverName: ascii(253).optional(),
  bindMode: oneOf(bindModes),
  alphabet: oneOf(alphabets),
  longMode: oneOf(longModes),
  idFormat: oneOf(idFormats),
  shortCodeForm: oneOf(shortCodeForms),
  window: whole(1, 100).default(10),
  partsPerSecond: whole(1, 1_000).optional(),
  extraTlvs: z.string().max(4_000).optional(),
});
type Credentials = z.infer<typeof credentialsShape>;

/** A connection as it was entered, checked. @throws Error that names the field, never its value */
export function readConnection({ baseUrl, credentials }: OpenConnection): Profile {
  const entered = Object.entries(credentials).filter(([, value]) => value !== '');
  const read = credentialsShape.safeParse(Object.fromEntries(entered));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`SMPP connection: credentials.${issue?.path.join('.')} ${issue?.message}`);
  }
  const { systemId, password, systemType = '', partsPerSecond = null } = read.data;
  const { bindMode, alphabet, longMode, idFormat, shortCodeForm, window } = read.data;
  return {
    place: placeOf(read.data, baseUrl),
    login: { systemId, password, systemType },
    bindMode,
    alphabet,
    longMode,
    idFormat,
    shortCodeForm,
    window,
    partsPerSecond,
    extraTlvs: extraTlvsOf(read.data),
  };
}

function placeOf(entered: Credentials, baseUrl: string | null): Place {
  const field = baseUrl === null ? 'credentials.address' : 'baseUrl';
  const address = baseUrl ?? entered.address;
  if (address === undefined) throw new Error(`SMPP connection: ${field} is missing`);
  const { serverName = null, certificateAuthority: authority = null, unencrypted } = entered;
  try {
    const isTunnelled = unencrypted === 'through-vpn';
    return readPlace({ address, serverName, authority, isTunnelled });
  } catch (error) {
    throw new Error(`SMPP connection: ${field} ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
}

function extraTlvsOf({ extraTlvs }: Credentials): Profile['extraTlvs'] {
  const read = extraTlvs === undefined ? noTlvs : readExtraTlvs(extraTlvs);
  if (read !== null) return read;
  throw new Error(
    'SMPP connection: credentials.extraTlvs must have lines such as 1400=TEXT or 1401=hex:0A0B, with tags from 1400 to 3FFF',
  );
}
