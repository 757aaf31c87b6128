import { NotAnAnswer, OversizeAnswer, type Stage } from './converse.ts';

/**
 * Why no answer came. Before anything was written: `not-sendable` (address or header malformed), `dns`, `refused`, `tls`
 * (certificate or handshake), `connect-timeout`, `unreachable` (anything else). After: `timeout`, `reset`, `cut-short`,
 * `malformed`, `oversize`. Either: `stopped` (given up by the caller).
 */
export type UnansweredReason =
  | 'not-sendable'
  | 'dns'
  | 'refused'
  | 'tls'
  | 'connect-timeout'
  | 'unreachable'
  | 'timeout'
  | 'reset'
  | 'cut-short'
  | 'malformed'
  | 'oversize'
  | 'stopped';

/** How far a call had come when it failed, and whether it was given up rather than failing by itself. */
export type Standing = { readonly stage: Stage; readonly gaveUp: 'no' | 'late' | 'stopped' };

/** Names what went wrong with a call, from the error and how far the call had come. */
export function whyUnanswered(error: unknown, standing: Standing): UnansweredReason {
  if (standing.gaveUp === 'stopped') return 'stopped';
  if (standing.gaveUp === 'late')
    return standing.stage === 'connecting' ? 'connect-timeout' : 'timeout';
  if (standing.stage === 'connecting') return beforeWriting(codeOf(error) ?? '');
  if (error instanceof OversizeAnswer) return 'oversize';
  if (error instanceof NotAnAnswer || codeOf(error)?.startsWith('HPE_') === true)
    return 'malformed';
  return standing.stage === 'answering' ? 'cut-short' : 'reset';
}

const handshake = /^(EPROTO|ERR_SSL|ERR_TLS|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_|.*CERT)/;

function beforeWriting(code: string): UnansweredReason {
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'dns';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'connect-timeout';
  return handshake.test(code) ? 'tls' : 'unreachable';
}

/** The system's code of an error, such as ECONNRESET; null where it has none. Never its text, which may quote a secret. */
export function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? code : null;
}
