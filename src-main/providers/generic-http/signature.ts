import { createHmac, timingSafeEqual } from 'node:crypto';

import type { RawDelivery } from '#shared/provider/delivery.ts';

import { readMoment } from './read-moment.ts';
import { type Settings, mustHave } from './read-settings.ts';
import { readHeaderName } from './template/header-template.ts';
import { WrongSetting } from './wrong-setting.ts';

/** How the carrier signs its calls. */
export type Signing = {
  readonly header: string;
  readonly algorithm: Settings['signatureAlgorithm'];
  readonly encoding: Settings['signatureEncoding'];
  /** The header of the time that is signed with the body; null where the body alone is. */
  readonly timestampHeader: string | null;
  readonly toleranceMs: number;
  /** The current secret, and the one before it while a rotation is under way. */
  readonly secrets: readonly string[];
};

const usualTolerance = 300;
const longestTolerance = 86_400;

/** Null where the carrier signs nothing. @throws {WrongSetting} where only half of it is said */
export function readSigning(settings: Settings): Signing | null {
  const { signatureHeader, webhookSecret, previousWebhookSecret, signedContent } = settings;
  if (signatureHeader === null) {
    if (webhookSecret !== null || previousWebhookSecret !== null)
      throw new WrongSetting('signatureHeader', 'is missing: webhookSecret signs into it');
    return null;
  }
  const secret = mustHave(settings, 'webhookSecret', 'the signature in signatureHeader needs it');
  const isTimed = signedContent === 'timestamp.body';
  const why = 'signedContent timestamp.body needs it';
  return {
    header: readHeaderName('signatureHeader', signatureHeader),
    algorithm: settings.signatureAlgorithm,
    encoding: settings.signatureEncoding,
    timestampHeader: isTimed
      ? readHeaderName('timestampHeader', mustHave(settings, 'timestampHeader', why))
      : null,
    toleranceMs: readTolerance(settings) * 1_000,
    secrets: [secret, previousWebhookSecret].filter((each) => each !== null),
  };
}

function readTolerance({ toleranceSeconds }: Settings): number {
  if (toleranceSeconds === null) return usualTolerance;
  const seconds = /^\d{1,5}$/.test(toleranceSeconds) ? Number(toleranceSeconds) : 0;
  if (seconds < 1 || seconds > longestTolerance)
    throw new WrongSetting('toleranceSeconds', `must be seconds from 1 to ${longestTolerance}`);
  return seconds;
}

/** Is this call signed with one of the secrets, and not too long ago? Constant-time over the raw bytes. */
export function isSigned(signing: Signing, raw: RawDelivery): boolean {
  const given = readSignature(signing, raw);
  if (given === null || !isFresh(signing, raw)) return false;
  const before =
    signing.timestampHeader === null ? '' : `${raw.headers[signing.timestampHeader] ?? ''}.`;
  return signing.secrets
    .map((secret) => createHmac(signing.algorithm, secret).update(before).update(raw.body).digest())
    .map((good) => good.byteLength === given.byteLength && timingSafeEqual(good, given))
    .includes(true);
}

function isFresh({ timestampHeader, toleranceMs }: Signing, raw: RawDelivery): boolean {
  if (timestampHeader === null) return true;
  const at = readMoment(raw.headers[timestampHeader] ?? null);
  return at !== null && Math.abs(raw.receivedAt - at) <= toleranceMs;
}

/** Many carriers write the algorithm before it, as in `sha256=…`. */
function readSignature({ header, algorithm, encoding }: Signing, raw: RawDelivery): Buffer | null {
  const written = raw.headers[header] ?? '';
  const start = `${algorithm}=`;
  const bare = written.startsWith(start) ? written.slice(start.length) : written;
  if (encoding === 'hex') {
    return /^(?:[0-9a-f]{2})+$/i.test(bare) ? Buffer.from(bare, 'hex') : null;
  }
  const bytes = Buffer.from(bare, 'base64');
  const isCanonical = bytes.toString('base64').replace(/=+$/, '') === bare.replace(/=+$/, '');
  return isCanonical && bytes.byteLength > 0 ? bytes : null;
}
