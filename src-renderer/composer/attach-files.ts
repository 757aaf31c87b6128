import type { AttachmentRules } from '#shared/contract/attachment-commands.ts';
import type { LineId } from '#shared/message/line.ts';

import { dataSize } from '../controls/tell-amount.ts';
import { announce } from '../store/announce.ts';
import { attachmentsOf, withAttachments } from '../store/attachments-store.ts';
import type { Attachment } from '../store/attachments-store.ts';
import type { DraftKey } from '../store/drafts-store.ts';
import { failureOf, inWords } from '../store/failure-of.ts';
import type { Screen } from '../store/screen.ts';
import { uploadFile } from '../store/upload-file.ts';
import { fitPicture } from './fit-picture.ts';

/** Where files are attached: beside which draft, and over which line they are to go. */
export type Place = { readonly draftKey: DraftKey; readonly lineId: LineId };

/** Octets kept free for the words that go along. */
const wordsOctets = 4_800;

/** Puts files beside a draft, one after the other, each with what became of it. */
export async function attachFiles(
  screen: Screen,
  place: Place,
  files: readonly File[],
): Promise<void> {
  const added = files.map((file) => ({ file, attachment: begin(screen, place, file) }));
  const rules = await askRules(screen, place);
  for (const { file, attachment } of added) {
    const standing = await attachOne(screen, place, { file, rules, key: attachment.key });
    const isWanted = settle(screen, place, { ...attachment, standing });
    if (!isWanted && standing.kind === 'ready') forget(screen, standing.media.id);
    announce(screen, sayStanding(attachment.name, standing));
  }
}

function begin({ attachments, newUid }: Screen, { draftKey }: Place, file: File): Attachment {
  const isPicture = file.type.startsWith('image/');
  const attachment: Attachment = {
    key: newUid(),
    name: file.name || 'Picture',
    preview: isPicture ? URL.createObjectURL(file) : null,
    standing: { kind: 'coming' },
  };
  attachments.setState((all) =>
    withAttachments(all, draftKey, (before) => [...before, attachment]),
  );
  return attachment;
}

type Rules = AttachmentRules | { readonly problem: { because: string; cure: string } };

async function askRules({ host }: Screen, { lineId }: Place): Promise<Rules> {
  try {
    return await host.call('attachment.rules', { lineId });
  } catch (error) {
    return { problem: { because: inWords(failureOf(error)), cure: '' } };
  }
}

type Wanted = { readonly file: File; readonly rules: Rules; readonly key: string };

async function attachOne(
  screen: Screen,
  { draftKey }: Place,
  { file, rules, key }: Wanted,
): Promise<Attachment['standing']> {
  if (!('types' in rules) || rules.problem !== null) {
    const { because = '', cure = '' } = rules.problem ?? {};
    return { kind: 'refused', problem: `${because} ${cure}`.trim() };
  }
  const others = attachmentsOf(screen.attachments.getState(), draftKey);
  const before = others.slice(
    0,
    others.findIndex((each) => each.key === key),
  );
  const ready = before.flatMap(({ standing }) =>
    standing.kind === 'ready' ? [standing.media] : [],
  );
  if (ready.length >= rules.maxCount)
    return { kind: 'refused', problem: `The carrier takes ${rules.maxCount} with one text.` };
  const taken = ready.reduce((sum, { size }) => sum + size, wordsOctets);
  const room = { types: rules.types, octets: rules.maxTotalOctets - taken };
  try {
    const fitted = await fitPicture(file, room);
    if (fitted.kind === 'refused') return fitted;
    const media = await uploadFile(screen.host, fitted.file);
    return { kind: 'ready', media, note: fitted.note };
  } catch (error) {
    return { kind: 'refused', problem: inWords(failureOf(error)) };
  }
}

/** False where the person has taken it out meanwhile. */
function settle({ attachments }: Screen, { draftKey }: Place, settled: Attachment): boolean {
  const { key } = settled;
  const isThere = attachmentsOf(attachments.getState(), draftKey).some((each) => each.key === key);
  attachments.setState((all) =>
    withAttachments(all, draftKey, (before) =>
      before.map((each) => (each.key === key ? settled : each)),
    ),
  );
  return isThere;
}

/** Takes a picture out again. */
export function removeAttachment(screen: Screen, draftKey: DraftKey, gone: Attachment): void {
  screen.attachments.setState((all) =>
    withAttachments(all, draftKey, (before) => before.filter(({ key }) => key !== gone.key)),
  );
  if (gone.preview !== null) URL.revokeObjectURL(gone.preview);
  if (gone.standing.kind === 'ready') forget(screen, gone.standing.media.id);
  announce(screen, `${gone.name} taken out`);
}

/* Where the host does not hear of it, it forgets the picture by itself within a day. */
function forget({ host }: Screen, id: string): void {
  host.call('attachment.discard', { id }).catch(() => undefined);
}

/** What is said and shown of an attached file: "JPEG, 412 kB, made smaller, from 2.4 MB". */
export function standingWords(standing: Attachment['standing']): string {
  switch (standing.kind) {
    case 'coming':
      return 'Attaching…';
    case 'refused':
      return standing.problem;
    case 'ready': {
      const { type, size } = standing.media;
      const kind = type.slice(type.indexOf('/') + 1).toUpperCase();
      return [kind, dataSize(size), standing.note].filter(Boolean).join(', ');
    }
  }
}

function sayStanding(name: string, standing: Attachment['standing']): string {
  const words = standingWords(standing);
  return standing.kind === 'refused'
    ? `${name} not attached. ${words}`
    : `${name} attached: ${words}`;
}
