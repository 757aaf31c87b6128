import type { Health } from '#shared/contract/contract.ts';
import { entryIdSchema, threadIdSchema } from '#shared/message/entry.ts';
import type {
  CallEntry,
  Entry,
  EntryId,
  Media,
  TextEntry,
  ThreadId,
  VoicemailEntry,
} from '#shared/message/entry.ts';
import { connectionIdSchema, lineIdSchema } from '#shared/message/line.ts';
import type { Line } from '#shared/message/line.ts';
import type { Preview, Thread } from '#shared/message/thread.ts';
import { failureMeanings } from '#shared/provider/send-failure.ts';

export const threadId = (id: number): ThreadId => threadIdSchema.parse(id);
export const entryId = (id: number): EntryId => entryIdSchema.parse(id);
export const uid = (nth: number): string =>
  `01890000-0000-7000-8000-${nth.toString(16).padStart(12, '0')}`;

const line = (id: number, label: string, number: string): Line => ({
  id: lineIdSchema.parse(id),
  label,
  number,
  numberType: 'other',
  colour: ['#3b7dd8', '#b4652a', '#7a57b8'][id - 1] ?? '#888888',
  connectionId: connectionIdSchema.parse('sandbox01'),
  unread: 0,
});

export const supportLine: Line = {
  ...line(1, 'Support', '+12065550142'),
  numberType: '10dlc',
  unread: 4,
};
export const billingLine: Line = {
  ...line(2, 'Billing', '+18005550117'),
  numberType: 'toll-free',
  unread: 2,
};
export const calmHealth: Health = {
  relay: { state: 'listening', sentence: 'Relay connected' },
  lastInboundAt: null,
  queue: 0,
  undecided: 0,
  attention: 0,
  segmentsToday: 0,
  team: null,
  connections: [
    {
      connectionId: connectionIdSchema.parse('sandbox01'),
      label: 'Sandbox',
      state: 'ok',
      sentence: 'Connected.',
    },
  ],
};

export function makeThread(id: number, more: Partial<Thread> = {}): Thread {
  return {
    id: threadId(id),
    uid: uid(id),
    lineId: supportLine.id,
    peer: `+1415555${`${id % 10_000}`.padStart(4, '0')}`,
    name: null,
    lastAt: 1_760_000_000_000 - id * 60_000,
    preview: null,
    unread: 0,
    done: false,
    draft: '',
    assignee: null,
    ...more,
  };
}

/** A text; its id follows from its time unless given. */
export function makeText(more: Partial<TextEntry> = {}): TextEntry {
  const at = more.at ?? 1_760_000_000_000;
  return {
    kind: 'text',
    id: entryId(at * 1_000),
    uid: uid(at % 0xffffff),
    threadId: threadId(1),
    at,
    direction: 'in',
    author: null,
    text: 'Hello',
    media: [],
    state: more.direction === 'out' ? 'delivered' : 'received',
    failure: null,
    undecided: false,
    segments: 1,
    encoding: 'GSM-7',
    ...more,
  };
}

export function makeCall(more: Partial<CallEntry> = {}): CallEntry {
  const {
    id,
    uid: own,
    threadId: of,
    at,
    direction,
  } = makeText({ at: 1_760_000_000_500, ...pick(more) });
  return {
    kind: 'call',
    id,
    uid: own,
    threadId: of,
    at,
    direction,
    outcome: 'answered',
    seconds: 252,
    ...more,
  };
}

export function makeVoicemail(more: Partial<VoicemailEntry> = {}): VoicemailEntry {
  const {
    id,
    uid: own,
    threadId: of,
    at,
    direction,
  } = makeText({ at: 1_760_000_000_600, ...pick(more) });
  return {
    kind: 'voicemail',
    id,
    uid: own,
    threadId: of,
    at,
    direction,
    seconds: 12,
    media: [],
    ...more,
  };
}

const pick = ({ at }: { at?: number | undefined }): { at?: number } =>
  at === undefined ? {} : { at };

export function makeMedia(more: Partial<Media> = {}): Media {
  return {
    id: 'media-1',
    state: 'stored',
    type: 'image/jpeg',
    size: 412_000,
    width: 1200,
    height: 800,
    problem: null,
    ...more,
  };
}

/** What the list shows of an entry, as the host makes it. */
export function previewOf(entry: Entry): Preview {
  const text = entry.kind === 'text' ? entry : null;
  return {
    kind: entry.kind,
    direction: entry.direction,
    author: 'author' in entry ? entry.author : null,
    text: 'text' in entry ? entry.text : '',
    state: text?.state ?? null,
    seconds: 'seconds' in entry ? entry.seconds : null,
    outcome: entry.kind === 'call' ? entry.outcome : null,
    failure: text?.failure ? failureMeanings[text.failure.kind].short : null,
    hasMedia: 'media' in entry && entry.media.length > 0,
  };
}
