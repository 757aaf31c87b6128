import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';

import { attachmentsOf, withAttachments } from './attachments-store.ts';
import type { Attachment } from './attachments-store.ts';
import { withDraft } from './drafts-store.ts';
import type { Draft, DraftKey } from './drafts-store.ts';
import { failureOf } from './failure-of.ts';
import { hearTaken } from './hear-entries.ts';
import { ensureDraft, saveDraft } from './save-drafts.ts';
import type { Screen } from './screen.ts';
import { changeTimeline } from './timelines-store.ts';

type Target = CommandInput<'message.send'>['target'];

/**
 * Sends the draft of a key. Until the host has taken it the text stays in the composer under the same uid, so that sending
 * again after a failure, or twice by a doubled key press, can only ever make one text.
 * @returns the answer, or null where it was not taken; then the draft says why
 */
export function sendDraft(
  screen: Screen,
  key: DraftKey,
  target: Target,
): Promise<CommandOutput<'message.send'> | null> {
  return handOver(screen, key, (text) => screen.host.call('message.send', { ...text, target }));
}

type Later = Pick<CommandInput<'message.schedule'>, 'dueAt' | 'zone' | 'evenIfTheyWrite'>;

/** Has the host keep the draft of a key until its time; in all else as if it were sent. */
export function scheduleDraft(
  screen: Screen,
  key: DraftKey,
  { target, later }: { readonly target: Target; readonly later: Later },
): Promise<CommandOutput<'message.send'> | null> {
  return handOver(screen, key, (text) =>
    screen.host.call('message.schedule', { ...text, target, ...later }),
  );
}

async function handOver(
  screen: Screen,
  key: DraftKey,
  take: (
    text: Omit<CommandInput<'message.send'>, 'target'>,
  ) => Promise<CommandOutput<'message.send'>>,
): Promise<CommandOutput<'message.send'> | null> {
  const draft = ensureDraft(screen, key);
  if (draft.phase === 'on-its-way') return null;
  put(screen, key, { ...draft, phase: 'on-its-way', failure: null });
  try {
    const { uid, text, contentReason } = draft;
    const media = readyMedia(screen, key);
    const answer = await take({
      uid,
      text,
      ...(media.length === 0 ? {} : { media }),
      ...(contentReason === undefined ? {} : { contentReason }),
    });
    takeOutSent(screen, key, media);
    settle(screen, key, { sent: text, taken: answer.entry.text });
    hearTaken(screen, answer);
    return answer;
  } catch (error) {
    const now = ensureDraft(screen, key);
    put(screen, key, { ...now, phase: 'writing', failure: failureOf(error) });
    return null;
  }
}

/**
 * What was written on while the text was on its way stays, under a uid of its own. Where the host had already taken an earlier
 * wording under this uid, the later one is kept and the person told.
 */
function settle(
  screen: Screen,
  key: DraftKey,
  { sent, taken }: { readonly sent: string; readonly taken: string },
): void {
  const { text } = ensureDraft(screen, key);
  const rest = taken === sent ? withoutSent(text, sent) : text;
  const left: Draft = {
    text: rest,
    uid: screen.newUid(),
    phase: 'writing',
    unsaved: key !== 'new',
    failure: taken === sent ? null : earlierWording,
  };
  put(screen, key, left);
  if (key === 'new') return;
  void saveDraft(screen, key, rest);
  screen.timelines.setState((timelines) =>
    changeTimeline(timelines, key, (timeline) => ({ ...timeline, newFrom: null })),
  );
}

/** Ids of the pictures that go along. */
function readyMedia({ attachments }: Screen, key: DraftKey): string[] {
  return attachmentsOf(attachments.getState(), key).flatMap(({ standing }) =>
    standing.kind === 'ready' ? [standing.media.id] : [],
  );
}

function takeOutSent({ attachments }: Screen, key: DraftKey, sent: readonly string[]): void {
  const isSent = ({ standing }: Attachment): boolean =>
    standing.kind === 'ready' && sent.includes(standing.media.id);
  for (const each of attachmentsOf(attachments.getState(), key))
    if (isSent(each) && each.preview !== null) URL.revokeObjectURL(each.preview);
  attachments.setState((all) =>
    withAttachments(all, key, (before) => before.filter((each) => !isSent(each))),
  );
}

const withoutSent = (text: string, sent: string): string =>
  text.startsWith(sent) ? text.slice(sent.length) : text;

const earlierWording = {
  code: 'refused',
  message: 'An earlier wording of this text had already gone out.',
  field: null,
  cure: 'Look at it above before you write again.',
} as const;

function put({ drafts }: Screen, key: DraftKey, draft: Draft): void {
  drafts.setState((all) => withDraft(all, key, draft));
}
