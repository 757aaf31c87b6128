import { type Change } from '#main/history/announce.ts';
import {
  addAttempt,
  findAttemptByProviderId,
  findLatestAttempt,
  saveProviderId,
} from '#main/history/attempts.ts';
import { keepListedOnly, removeListedOnly } from '#main/history/attention.ts';
import { findBilling, saveBilling } from '#main/history/billing.ts';
import { noteSeen, wasSeen } from '#main/history/deliveries-seen.ts';
import { addEntry, findEntry, findEntryByUid } from '#main/history/entries.ts';
import { learn } from '#main/history/learn.ts';
import { findLineByNumber } from '#main/history/lines.ts';
import { type OutboxRow, listInDoubt } from '#main/history/outbox.ts';
import { addReceipt } from '#main/history/receipts.ts';
import { noteRecovered } from '#main/history/recovered.ts';
import { showEntryInTime, showNewEntry, showNewest } from '#main/history/show-on-thread.ts';
import { spendText } from '#main/history/spend-text.ts';
import { isTeams } from '#main/history/team-outbox.ts';
import { findOrStartThread } from '#main/history/threads.ts';
import { uidOfName } from '#main/history/uid.ts';
import { weighEntry } from '#main/history/weigh-entry.ts';
import type { ReadableDb, WritableDb } from '#main/sqlite/database.ts';
import { rankOf } from '#shared/message/delivery-state.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { Line } from '#shared/message/line.ts';
import type { Capabilities } from '#shared/provider/capabilities.ts';
import type { ListedText } from '#shared/provider/carrier-lists.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';

import { addInbound } from './add-inbound.ts';

/** Where a row of a carrier's list comes from, and whether what is new in it is news to the agent. */
export type Listing = {
  readonly provider: string;
  readonly connectionId: string;
  readonly now: number;
  readonly unread: boolean;
  /** What the carrier can do; left out where nobody knows. */
  readonly carrier?: Capabilities;
};

/** `added`: we had not known the text. */
export type Taken = { readonly added: boolean; readonly changes: readonly Change[] };

const nothing: Taken = { added: false, changes: [] };
/* A text out that young may be one whose answer is just being written down. */
const youngest = 120_000;
/* A text in without words is still worth asking the sender about for so long, in milliseconds. */
const longestNews = 72 * 3_600_000;
/* The carrier's clock may be behind ours by this much, in milliseconds. */
const clockSlack = 60_000;
const dayMs = 86_400_000;

/**
 * Compares one text of a carrier's list with ours, and repairs what is missing: a text in that never reached us, the state
 * or the price of one we sent, a text sent from elsewhere. Done twice, it changes nothing the second time. Texts of numbers
 * that are no lines here are passed over. Call it in a transaction.
 */
export function takeListedText(db: WritableDb, listing: Listing, text: ListedText): Taken {
  const ours = text.direction === 'in' ? text.to : text.from;
  const line = findLineByNumber(db, listing.connectionId, ours);
  if (line === undefined) return nothing;
  return text.direction === 'in'
    ? takeIn(db, { listing, line }, text)
    : takeOut(db, { listing, line }, text);
}

type Place = { readonly listing: Listing; readonly line: Line };

function takeIn(db: WritableDb, { listing, line }: Place, text: ListedText): Taken {
  const { connectionId, unread, now } = listing;
  const id = `${connectionId}/${text.providerMessageId}`;
  const words = text.text ?? (text.media.length > 0 ? '' : null);
  if (words === null) return noteWordless(db, listing, text);
  if (!noteSeen(db, `text/${id}`, now)) return nothing;
  remember(db, listing, text);
  if (wasSeen(db, `listed/${id}`)) removeListedOnly(db, { ...text, connectionId });
  const threadId = findOrStartThread(db, { lineId: line.id, peer: text.from }, text.createdAt);
  const { encoding, segments } = analyzeText(words);
  const changes = addInbound(db, {
    entry: {
      threadId,
      at: text.createdAt,
      kind: 'text',
      direction: 'in',
      text: words,
      encoding,
      segments: segments.length,
    },
    connectionId,
    providerId: text.providerMessageId,
    media: text.media,
    found: { unread, learntAt: now },
    hearing: { carrier: listing.carrier, now },
  });
  const [added] = changes;
  if (added?.kind === 'entry-added' && text.billing) saveBilling(db, added.entryId, text.billing);
  return { added: true, changes };
}

/* Its webhook may yet come, so it does not count as taken in. One of long ago came in elsewhere: that is no news. */
function noteWordless(db: WritableDb, listing: Listing, text: ListedText): Taken {
  const { connectionId, unread, now } = listing;
  const id = `${connectionId}/${text.providerMessageId}`;
  const isNews = unread || now - text.createdAt < longestNews;
  if (isNews && !wasSeen(db, `text/${id}`) && noteSeen(db, `listed/${id}`, now)) {
    keepListedOnly(db, { ...text, ...listing, at: text.createdAt });
    remember(db, listing, text);
  }
  return nothing;
}

function remember(db: WritableDb, { connectionId, now }: Listing, text: ListedText): void {
  const { providerMessageId, to: line, createdAt: at } = text;
  noteRecovered(db, { connectionId, key: `text/${providerMessageId}`, line, at }, now);
}

function takeOut(db: WritableDb, place: Place, text: ListedText): Taken {
  const { connectionId, now } = place.listing;
  const attempt = findAttemptByProviderId(db, connectionId, text.providerMessageId);
  if (attempt !== undefined)
    return { added: false, changes: takeNews(db, place.listing, { ...attempt, text }) };
  const inDoubt = listInDoubt(db, connectionId).find((row) => isThis(db, row, text));
  if (inDoubt !== undefined)
    return { added: false, changes: settle(db, place.listing, { row: inDoubt, text }) };
  if (text.reference !== null && findEntryByUid(db, text.reference) !== undefined) return nothing;
  if (now - text.createdAt < youngest || text.text === null) return nothing;
  return { added: true, changes: addSentElsewhere(db, place, text) };
}

/* By our reference where the list keeps it, else by the words: the same measure by which it is looked for on purpose. */
function isThis(db: ReadableDb, { entryId, request }: OutboxRow, text: ListedText): boolean {
  const { uid, from, to, text: words } = request;
  const startedAt = findLatestAttempt(db, entryId)?.startedAt ?? Infinity;
  if (text.createdAt < startedAt - clockSlack) return false;
  if (text.reference !== null) return text.reference === uid;
  return from === text.from && to === text.to && words === text.text;
}

/** A text of ours that the carrier took without our hearing of it. One whose answer may yet come is left to that. */
function settle(
  db: WritableDb,
  { connectionId, now }: Listing,
  { row, text }: { readonly row: OutboxRow; readonly text: ListedText },
): Change[] {
  if (row.state === 'sending') return [];
  return learn(db, {
    entryId: row.entryId,
    attempt: row.attempt,
    connectionId,
    providerId: text.providerMessageId,
    state: text.state ?? 'accepted',
    failure: text.failure,
    source: 'list',
    at: now,
    happenedAt: text.createdAt,
    billing: text.billing,
  });
}

type Known = { readonly entryId: EntryId; readonly attempt: number; readonly text: ListedText };

/** What the list knows of a text of ours beyond what we know: a higher state, or its price. */
function takeNews(
  db: WritableDb,
  { connectionId, now }: Listing,
  { entryId, attempt, text }: Known,
): Change[] {
  const entry = findEntry(db, entryId);
  if (text.billing !== null && findBilling(db, entryId)?.priceMicros == null)
    saveBilling(db, entryId, text.billing);
  if (entry?.kind !== 'text' || text.state === null || rankOf(text.state) <= rankOf(entry.state))
    return [];
  const { providerMessageId: providerId, state, failure } = text;
  return learn(db, {
    entryId,
    attempt,
    connectionId,
    providerId,
    state,
    failure,
    source: 'list',
    at: now,
    happenedAt: null,
  });
}

/* What left by another program counts against the same limits; no day of one that still counts began earlier. */
function spendElsewhere(
  db: WritableDb,
  entryId: EntryId,
  { at, now }: { readonly at: number; readonly now: number },
): void {
  const text = at > now - 2 * dayMs ? weighEntry(db, entryId) : undefined;
  if (text !== undefined) spendText(db, text, at);
}

function addSentElsewhere(db: WritableDb, { listing, line }: Place, text: ListedText): Change[] {
  const { connectionId, now } = listing;
  const at = text.createdAt;
  const threadId = findOrStartThread(db, { lineId: line.id, peer: text.to }, at);
  const { encoding, segments } = analyzeText(text.text ?? '');
  const entryId = addEntry(db, {
    threadId,
    uid: uidOfName(`sent/${connectionId}/${text.providerMessageId}`),
    at,
    place: 'in-time',
    kind: 'text',
    direction: 'out',
    text: text.text ?? '',
    state: 'accepted',
    encoding,
    segments: segments.length,
  });
  addAttempt(db, { entryId, attempt: 1, connectionId, startedAt: at });
  spendElsewhere(db, entryId, { at, now });
  saveProviderId(db, { entryId, attempt: 1 }, text.providerMessageId);
  const state = text.state ?? 'accepted';
  addReceipt(db, {
    entryId,
    attempt: 1,
    state,
    failure: text.failure,
    source: 'list',
    at: now,
    happenedAt: at,
  });
  if (text.billing) saveBilling(db, entryId, text.billing);
  const entry = findEntry(db, entryId);
  if (entry) showEntryInTime(db, entry, isTeams(db, connectionId) ? showNewest : showNewEntry);
  return [{ kind: 'entry-added', entryId }];
}
