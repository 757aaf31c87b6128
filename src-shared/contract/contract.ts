import { z } from 'zod';

import {
  entryIdSchema,
  entrySchema,
  noteEntrySchema,
  textEntrySchema,
  threadIdSchema,
} from '../message/entry.ts';
import { connectionIdSchema, lineIdSchema, lineSchema } from '../message/line.ts';
import { threadSchema, threadViewSchema } from '../message/thread.ts';
import { attachmentCommands, mediaIdSchema } from './attachment-commands.ts';
import { broadcastCommands, broadcastEvents } from './broadcast-commands.ts';
import { checkCommands, checkEvents } from './check-commands.ts';
import { connectionCommands } from './connection-commands.ts';
import { connectionSchema, syncSchema } from './connection-shapes.ts';
import { consentCommands, consentEvents } from './consent-commands.ts';
import { costCommands, costEvents } from './cost-commands.ts';
import { gapCommands, gapEvents } from './gap-commands.ts';
import {
  gateCommands,
  gateEvents,
  overrideReasonSchema,
  sendTargetSchema,
} from './gate-commands.ts';
import { registrationCommands, registrationEvents } from './registration-commands.ts';
import { scheduleCommands } from './schedule-commands.ts';
import { teamCommands, teamEvents, teamHealthSchema } from './team-commands.ts';
import { templateCommands, templateEvents } from './template-commands.ts';

/** Raised whenever a frame, a command or an event changes its meaning; both ends say theirs in the hello. */
export const contractVersion = 4;

/** One connection's state in words fit for the status bar. */
export const connectionHealthSchema = z.object({
  connectionId: connectionIdSchema,
  label: z.string(),
  state: z.enum(['ok', 'trouble', 'starting', 'off']),
  sentence: z.string(),
});

/** What the status bar says. Times are milliseconds since 1970. */
export const healthSchema = z.object({
  relay: z.object({ state: z.enum(['listening', 'failed']), sentence: z.string() }),
  lastInboundAt: z.int().nullable(),
  /** Texts waiting or under way. */
  queue: z.int().nonnegative(),
  /** Texts whose outcome a person must decide. */
  undecided: z.int().nonnegative(),
  /** Authentic deliveries that could not be understood. */
  attention: z.int().nonnegative(),
  segmentsToday: z.int().nonnegative(),
  /** How this desktop stands to its team's relay; null where it is in none. */
  team: teamHealthSchema.nullable(),
  connections: z.array(connectionHealthSchema),
});
export type Health = z.infer<typeof healthSchema>;

/** Threads in each view, over all lines. */
export const countsSchema = z.record(threadViewSchema, z.int().nonnegative());
export type Counts = z.infer<typeof countsSchema>;

export const settingsSchema = z.object({ theme: z.enum(['system', 'light', 'dark']) });
export type Settings = z.infer<typeof settingsSchema>;

/** Where the next page begins: the last row's time and id. */
export const threadCursorSchema = z.object({ lastAt: z.int(), id: threadIdSchema });
export type ThreadCursor = z.infer<typeof threadCursorSchema>;

const lineFilter = lineIdSchema.nullable();
const pageSize = z.int().min(1).max(200);
const done = z.object({});

/** Something that happened to a text, for its details. */
export const textEventSchema = z.object({
  at: z.int(),
  attempt: z.int().positive(),
  /** "Accepted by Sandbox", "Carrier says delivered", … */
  words: z.string(),
  raw: z.string().nullable(),
});
export type TextEvent = z.infer<typeof textEventSchema>;

export const attentionItemSchema = z.object({
  id: z.int().positive(),
  at: z.int(),
  provider: z.string(),
  connectionLabel: z.string(),
  problem: z.string(),
  /** The first 4,000 characters of the raw body. */
  body: z.string(),
});

/**
 * The whole contract: every command a screen may call. Input is checked at the host's edge, output at the screen's.
 * Unknown keys are refused.
 */
export const commands = {
  'overview.get': {
    input: z.strictObject({}),
    output: z.object({
      lines: z.array(lineSchema),
      counts: countsSchema,
      health: healthSchema,
      settings: settingsSchema,
      connections: z.array(connectionSchema),
      /** Put before a media id to get its address under this host. */
      mediaBase: z.string(),
    }),
  },
  'threads.page': {
    input: z.strictObject({
      view: threadViewSchema,
      lineId: lineFilter,
      after: threadCursorSchema.nullable(),
      limit: pageSize,
    }),
    output: z.object({
      threads: z.array(threadSchema),
      next: threadCursorSchema.nullable(),
      total: z.int().nonnegative(),
    }),
  },
  'thread.get': {
    input: z.strictObject({ threadId: threadIdSchema }),
    output: z.object({ thread: threadSchema }),
  },
  /** Entries of a thread, oldest first; `before` null is the newest page. */
  'entries.page': {
    input: z.strictObject({
      threadId: threadIdSchema,
      before: entryIdSchema.nullable(),
      limit: pageSize,
    }),
    output: z.object({ entries: z.array(entrySchema), reachedStart: z.boolean() }),
  },
  /** Entries from `from` on, oldest first: to jump to a found text. */
  'entries.around': {
    input: z.strictObject({ threadId: threadIdSchema, entryId: entryIdSchema, limit: pageSize }),
    output: z.object({
      entries: z.array(entrySchema),
      reachedStart: z.boolean(),
      reachedEnd: z.boolean(),
    }),
  },
  'thread.mark-read': {
    input: z.strictObject({ threadId: threadIdSchema, upTo: entryIdSchema }),
    output: done,
  },
  'thread.set-done': {
    input: z.strictObject({ threadId: threadIdSchema, done: z.boolean() }),
    output: done,
  },
  'draft.save': {
    input: z.strictObject({ threadId: threadIdSchema, text: z.string().max(20_000) }),
    output: done,
  },
  /**
   * Sends a text. `uid` (UUIDv7) is made with the draft, so a doubled key press is the same text and sends once. The answer
   * comes once the text is durable; it may not have left yet.
   */
  'message.send': {
    input: z.strictObject({
      uid: z.uuid(),
      target: sendTargetSchema,
      text: z.string(),
      /** Attached pictures, in order; with them the text may be empty. */
      media: z.array(mediaIdSchema).max(10).optional(),
      /** Why it goes out in spite of what was found about its content. */
      contentReason: overrideReasonSchema.optional(),
    }),
    output: z.object({ entry: textEntrySchema, thread: threadSchema }),
  },
  /** Words for the team alone, in the conversation's timeline. `uid` (UUIDv7) is made with the draft of the note. */
  'note.add': {
    input: z.strictObject({
      uid: z.uuid(),
      threadId: threadIdSchema,
      text: z.string().trim().min(1).max(20_000),
    }),
    output: z.object({ entry: noteEntrySchema, thread: threadSchema }),
  },
  /** Gives a conversation to a desktop of the team, by its id, or with null back to all. */
  'thread.assign': {
    input: z.strictObject({ threadId: threadIdSchema, to: z.string().max(64).nullable() }),
    output: z.object({ thread: threadSchema }),
  },
  /** A person's decision to try a failed or undecided text once more. */
  'message.try-again': {
    input: z.strictObject({ entryId: entryIdSchema }),
    output: z.object({ entry: textEntrySchema }),
  },
  'message.details': {
    input: z.strictObject({ entryId: entryIdSchema }),
    output: z.object({
      uid: z.uuid(),
      providerMessageId: z.string().nullable(),
      /** What the carrier charged, in millionths of a currency, as far as it told. */
      billing: z
        .object({
          segments: z.int().nullable(),
          priceMicros: z.int().nullable(),
          feeMicros: z.int().nullable(),
          currency: z.string(),
        })
        .nullable(),
      events: z.array(textEventSchema),
    }),
  },
  /** Names and numbers first, then texts, newest first. `total` counts all texts found, whatever `limit`; `moreThanTotal` says it is a floor. */
  search: {
    input: z.strictObject({ query: z.string().max(200), limit: pageSize }),
    output: z.object({
      threads: z.array(threadSchema),
      hits: z.array(z.object({ thread: threadSchema, entry: entrySchema })),
      total: z.int().nonnegative(),
      moreThanTotal: z.boolean(),
    }),
  },
  'attention.list': {
    input: z.strictObject({}),
    output: z.object({ items: z.array(attentionItemSchema) }),
  },
  /** Reads a delivery that could not be understood once more. */
  'attention.read-again': {
    input: z.strictObject({ id: z.int().positive() }),
    output: z.object({ understood: z.boolean() }),
  },
  'settings.save': { input: settingsSchema.strict(), output: done },
  ...connectionCommands,
  ...teamCommands,
  ...attachmentCommands,
  ...gapCommands,
  ...checkCommands,
  ...consentCommands,
  ...gateCommands,
  ...registrationCommands,
  ...scheduleCommands,
  ...templateCommands,
  ...broadcastCommands,
  ...costCommands,
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<Name extends CommandName> = z.infer<(typeof commands)[Name]['input']>;
export type CommandOutput<Name extends CommandName> = z.infer<(typeof commands)[Name]['output']>;

/** Every event the host tells. Each carries the whole new value, so that hearing it twice is harmless. */
export const events = {
  /** A new entry; `thread` is its thread afterwards. */
  'entry.added': z.object({ entry: entrySchema, thread: threadSchema }),
  'entry.changed': z.object({ entry: entrySchema }),
  /** It turned out to be the same as another entry, which is told by itself. */
  'entry.removed': z.object({ threadId: threadIdSchema, entryId: entryIdSchema }),
  'thread.changed': z.object({ thread: threadSchema }),
  'lines.changed': z.object({ lines: z.array(lineSchema) }),
  'counts.changed': z.object({ counts: countsSchema }),
  'health.changed': z.object({ health: healthSchema }),
  'settings.changed': z.object({ settings: settingsSchema }),
  'connections.changed': z.object({ connections: z.array(connectionSchema) }),
  'sync.changed': z.object({ sync: syncSchema }),
  ...teamEvents,
  ...gapEvents,
  ...checkEvents,
  ...consentEvents,
  ...gateEvents,
  ...registrationEvents,
  ...templateEvents,
  ...broadcastEvents,
  ...costEvents,
} as const;

export type EventName = keyof typeof events;
export type EventPayload<Name extends EventName> = z.infer<(typeof events)[Name]>;
/** How the core tells the screens. */
export type Tell = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;
