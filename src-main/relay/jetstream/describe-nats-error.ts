import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';

import { LogFailure, type LogFailureReason } from '../delivery-log.ts';

/** JetStream's error codes, from `server/errors.json` of nats-server 2.9 to 2.15. */
const apiCode = {
  accountLimit: 10_002,
  noPeers: 10_005,
  unavailable: 10_008,
  serverLimit: 10_023,
  notEnabledForAccount: 10_039,
  storageLimit: 10_047,
  otherConfig: 10_058,
  notFound: 10_059,
  sequenceMismatch: 10_063,
  wrongLastSequence: 10_071,
  replicasNeedCluster: 10_074,
  notEnabled: 10_076,
  storeFailed: 10_077,
  streamBytesLimit: 10_122,
  sameIdUnderWay: 10_158,
  sameSubjectUnderWay: 10_164,
} as const;

const reasons: ReadonlyMap<number, LogFailureReason> = new Map([
  [apiCode.accountLimit, 'full'],
  [apiCode.serverLimit, 'full'],
  [apiCode.storageLimit, 'full'],
  [apiCode.streamBytesLimit, 'full'],
  [apiCode.unavailable, 'busy'],
  [apiCode.sequenceMismatch, 'busy'],
  [apiCode.wrongLastSequence, 'busy'],
  [apiCode.sameIdUnderWay, 'busy'],
  [apiCode.sameSubjectUnderWay, 'busy'],
]);

const sentences: Readonly<Partial<Record<LogFailureReason, string>>> = {
  full: 'NATS has no room left for the log of deliveries: make room on its servers, or change its limit (--nats-room, for one that is not made yet).',
  busy: 'The NATS servers cannot commit at the moment.',
  io: 'NATS could not store: look at the disk of its servers.',
};

/** Says in our own words what went wrong with the servers. */
export function describeNatsError(error: unknown): LogFailure {
  if (error instanceof LogFailure) return error;
  if (error instanceof JetStreamApiError) return describeApiError(error);
  const { ClosedConnectionError, DrainingConnectionError } = errors;
  if (error instanceof ClosedConnectionError || error instanceof DrainingConnectionError)
    return closedFailure(error);
  const [reason, sentence] = describeConnectionError(error);
  return new LogFailure(reason, sentence, { cause: error });
}

export function closedFailure(cause?: unknown): LogFailure {
  return new LogFailure('closed', 'The log of deliveries is closed.', { cause });
}

/** Did the server refuse because something is stored under this subject, or is about to be? */
export function isKnownSubject(error: unknown): boolean {
  const code = apiCodeOf(error);
  return (
    code === apiCode.wrongLastSequence ||
    code === apiCode.sameIdUnderWay ||
    code === apiCode.sameSubjectUnderWay
  );
}

export function isStreamMissing(error: unknown): boolean {
  return apiCodeOf(error) === apiCode.notFound;
}

/** Does a stream of this name exist with other settings? */
export function isStreamMadeMeanwhile(error: unknown): boolean {
  return apiCodeOf(error) === apiCode.otherConfig;
}

function apiCodeOf(error: unknown): number | null {
  const cause = error instanceof LogFailure ? error.cause : error;
  return cause instanceof JetStreamApiError ? cause.code : null;
}

function describeApiError(error: JetStreamApiError): LogFailure {
  const { code, message } = error;
  const reason = code === apiCode.storeFailed ? storeFailure(message) : reasons.get(code);
  if (reason !== undefined)
    return new LogFailure(reason, `${sentences[reason]} (${message})`, { cause: error });
  if (code === apiCode.noPeers)
    return new LogFailure(
      'busy',
      `NATS found no servers for the log: as many as it has copies must be up, each with as much room as the log sets aside (--nats-room). (${message})`,
      { cause: error },
    );
  if (code === apiCode.replicasNeedCluster)
    return new LogFailure(
      'other',
      'A log with three copies needs a cluster of three NATS servers; this one stands alone.',
      { cause: error },
    );
  return new LogFailure('other', `NATS refused: ${message}.`, { cause: error });
}

/** All that goes wrong in the server's store has one code; only the words tell a limit from a disk. */
function storeFailure(message: string): 'full' | 'io' {
  return /maximum (messages|bytes)|no space/i.test(message) ? 'full' : 'io';
}

function describeConnectionError(error: unknown): [LogFailureReason, string] {
  if (error instanceof errors.AuthorizationError)
    return ['other', 'NATS does not know this user or password: correct the address.'];
  if (error instanceof errors.PermissionViolationError)
    return ['other', `NATS does not allow this user to ${error.operation} "${error.subject}".`];
  if (error instanceof Error && error.name === 'JetStreamNotEnabled')
    return [
      'unreachable',
      'No NATS server takes deliveries: JetStream is switched off, or the servers are choosing a leader.',
    ];
  if (error instanceof errors.TimeoutError) return ['unreachable', 'NATS did not answer in time.'];
  if (error instanceof errors.InvalidArgumentError)
    return ['other', `NATS does not take this: ${error.message}.`];
  if (isOfNetwork(error))
    return [
      'unreachable',
      `NATS cannot be reached (${error.message}): is it running, is the address right?`,
    ];
  return ['other', 'The log of deliveries failed.'];
}

/** Errors of the client and of the system; whatever else is thrown is a fault of ours, and trying again does not mend it. */
function isOfNetwork(error: unknown): error is Error {
  const { ConnectionError, ProtocolError, RequestError } = errors;
  const known = [ConnectionError, ProtocolError, RequestError].some(
    (kind) => error instanceof kind,
  );
  return known || (error instanceof Error && 'code' in error);
}
