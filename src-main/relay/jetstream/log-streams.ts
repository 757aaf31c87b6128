import { createHash } from 'node:crypto';

import type { StreamConfig, StreamInfo } from '@nats-io/jetstream';

import { LogFailure } from '../delivery-log.ts';
import { isStreamMadeMeanwhile, isStreamMissing } from './describe-nats-error.ts';
import type { NatsLink } from './nats-link.ts';

/** The two streams of one log and what is published to them. */
export type LogStreams = {
  /** Stream of the deliveries. */
  readonly deliveries: string;
  /** Stream of one message: how far the log is trimmed. */
  readonly trimmed: string;
  readonly trimmedSubject: string;
  /** Each key has a subject of its own among these, and a subject takes one message. */
  readonly deliverySubjects: string;
  subjectOf(key: string): string;
  /** The server tells here, without contents, of every delivery it has stored. */
  readonly storedSubjects: string;
};

export type StreamLimits = { readonly replicas: 1 | 3; readonly maxBytes: number };

const nanosecondsPerSecond = 1e9;
/** The server's own memory of message ids. Short: it is the subject that tells a repeated delivery for good. */
const messageIdSeconds = 120;

/** Throws {@link LogFailure} where the workspace cannot be part of a stream's name. */
export function nameStreams(workspace: string): LogStreams {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(workspace))
    throw new LogFailure(
      'other',
      'workspace: take 1 to 63 small letters, digits and dashes, as in "front-desk".',
    );
  const base = `trunkline.${workspace}`;
  return {
    deliveries: `TRUNKLINE_${workspace}_DELIVERIES`,
    trimmed: `TRUNKLINE_${workspace}_TRIMMED`,
    trimmedSubject: `${base}.trimmed`,
    deliverySubjects: `${base}.delivery.*`,
    subjectOf: (key) => `${base}.delivery.${digestOf(key)}`,
    storedSubjects: `${base}.stored.*`,
  };
}

/** The server holds every subject in memory, so they are short. 128 bits suffice to tell keys apart. */
function digestOf(key: string): string {
  return createHash('sha256').update(key).digest().subarray(0, 16).toString('base64url');
}

/** Makes the streams where they are missing, and resolves with the one of the deliveries. Throws {@link LogFailure}. */
export async function ensureStreams(
  link: NatsLink,
  streams: LogStreams,
  { replicas, maxBytes }: StreamLimits,
): Promise<StreamInfo> {
  const shared = {
    storage: 'file',
    retention: 'limits',
    discard: 'new',
    num_replicas: replicas,
    max_age: 0,
    max_msgs: -1,
  } as const;
  await ensureStream(link, {
    ...shared,
    name: streams.trimmed,
    subjects: [streams.trimmedSubject],
    max_msgs_per_subject: 1,
  });
  return ensureStream(link, {
    ...shared,
    name: streams.deliveries,
    subjects: [streams.deliverySubjects],
    max_msgs_per_subject: -1,
    max_bytes: maxBytes,
    allow_direct: true,
    deny_delete: true,
    duplicate_window: messageIdSeconds * nanosecondsPerSecond,
    republish: {
      src: streams.deliverySubjects,
      dest: streams.storedSubjects.replace('*', '{{wildcard(1)}}'),
      headers_only: true,
    },
  });
}

type Wanted = Partial<StreamConfig> & Pick<StreamConfig, 'name'>;

async function ensureStream(link: NatsLink, wanted: Wanted): Promise<StreamInfo> {
  const { streams } = link.jsm;
  const info = await link.ask(async () => {
    try {
      return await streams.info(wanted.name);
    } catch (error) {
      if (!isStreamMissing(error)) throw error;
    }
    try {
      return await streams.add(wanted);
    } catch (error) {
      if (!isStreamMadeMeanwhile(error)) throw error;
      return streams.info(wanted.name);
    }
  });
  assertSuitable(info.config, wanted);
  return info;
}

/** What must be so in a stream that somebody else has made or changed. Its limit of bytes may be any. */
const mustMatch = [
  'storage',
  'retention',
  'discard',
  'num_replicas',
  'max_age',
  'max_msgs_per_subject',
] as const;

function assertSuitable(found: StreamConfig, wanted: Wanted): void {
  const wrong = mustMatch.find((setting) => found[setting] !== wanted[setting]);
  if (wrong !== undefined)
    throw unsuitable(wanted.name, `${wrong} is ${found[wrong]}, not ${wanted[wrong]}`);
  if (wanted.subjects?.join() !== found.subjects.join())
    throw unsuitable(wanted.name, `its subjects are not ${wanted.subjects?.join()}`);
  if (wanted.allow_direct === true && !found.allow_direct)
    throw unsuitable(wanted.name, 'allow_direct is off');
  if (wanted.republish !== undefined && found.republish?.dest !== wanted.republish.dest)
    throw unsuitable(wanted.name, `it does not republish to ${wanted.republish.dest}`);
  if (found.persist_mode === 'async')
    throw unsuitable(wanted.name, 'persist_mode is async, so it acknowledges before it writes');
}

function unsuitable(stream: string, why: string): LogFailure {
  return new LogFailure(
    'other',
    `The stream ${stream} is not as the log needs it: ${why}. Change it with "nats stream edit", or take another workspace.`,
  );
}
