import type { RawDelivery } from '#shared/provider/delivery.ts';

import type { IntakeLimits } from './intake-limits.ts';

const quote = 0x22;
const backslash = 0x5c;
const space = 0x20;
const ampersand = 0x26;

/**
 * Could a parser be led astray by the mere shape of this body? True for JSON nested too deep and for a form of too many
 * fields. Whether the body makes sense is for the carrier's adapter to say.
 */
export function isOverloaded(raw: RawDelivery, limits: IntakeLimits): boolean {
  const type = raw.headers['content-type'] ?? '';
  if (/^application\/x-www-form-urlencoded\b/i.test(type))
    return countFields(raw.body) > limits.formFields;
  return looksLikeJson(type, raw.body) && isDeeperThan(limits.jsonDepth, raw.body);
}

function looksLikeJson(type: string, body: Uint8Array): boolean {
  const first = body.find((byte) => byte > space);
  return /[/+]json\b/i.test(type) || (first !== undefined && depthChange(first) === 1);
}

function isDeeperThan(limit: number, body: Uint8Array): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] as number;
    if (inString && byte === backslash) at += 1;
    else if (byte === quote) inString = !inString;
    else if (!inString) depth += depthChange(byte);
    if (depth > limit) return true;
  }
  return false;
}

/** How a byte of JSON outside strings changes the depth: in by one at `{` and `[`, out by one at `}` and `]`. */
function depthChange(byte: number): number {
  if (byte === 0x7b || byte === 0x5b) return 1;
  return byte === 0x7d || byte === 0x5d ? -1 : 0;
}

function countFields(body: Uint8Array): number {
  let fields = body.length === 0 ? 0 : 1;
  for (const byte of body) if (byte === ampersand) fields += 1;
  return fields;
}
