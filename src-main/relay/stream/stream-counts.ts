/** Why the relay ended or refused a desktop's connection, as counted in the metrics. */
export type StreamEnd =
  | 'leaving'
  | 'bad-frame'
  | 'not-authentic'
  | 'revoked'
  | 'silent'
  | 'no-hello'
  | 'not-reading'
  | 'too-many-connections'
  | 'replaced'
  | 'version'
  | 'unprotected'
  | 'overloaded'
  | 'not-a-desktop'
  | 'failed'
  | 'pair-refused';

/** What the streams of all workspaces have done since the relay started. */
export class StreamCounts {
  deliveries = 0;
  appended = 0;
  appendErrors = 0;
  paired = 0;
  readonly ends = new Map<StreamEnd, number>();

  countEnd(why: StreamEnd): void {
    this.ends.set(why, (this.ends.get(why) ?? 0) + 1);
  }
}
