/** Why a call was not taken. Counted under this name in the metrics. */
export type RefusalReason =
  | 'unknown-path'
  | 'unknown-connection'
  | 'wrong-path-secret'
  | 'unknown-link'
  | 'no-picture'
  | 'media-full'
  | 'method'
  | 'not-upgraded'
  | 'encoded'
  | 'too-large'
  | 'too-many-headers'
  | 'headers-too-large'
  | 'malformed'
  | 'slow'
  | 'cut-off'
  | 'not-authentic'
  | 'overloaded-body'
  | 'address-rate'
  | 'connection-rate'
  | 'too-many-sockets'
  | 'cannot-commit'
  | 'stopping';

/** A call that is not taken. The caller learns the status and nothing else. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly reason: RefusalReason;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    reason: RefusalReason,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(reason);
    this.status = status;
    this.reason = reason;
    this.headers = headers;
  }
}
