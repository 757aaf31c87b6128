import { z } from 'zod';

import { contentFindingSchema } from '../compliance/content-finding.ts';
import { linePolicySchema } from '../compliance/line-policy.ts';
import { purposeSchema, verdictSchema } from '../compliance/verdict.ts';
import { entryIdSchema, textEntrySchema, threadIdSchema } from '../message/entry.ts';
import { lineIdSchema } from '../message/line.ts';
import { mediaIdSchema } from './attachment-commands.ts';

/** Where a text is to go: a conversation, or a number over a line. */
export const sendTargetSchema = z.union([
  z.strictObject({ threadId: threadIdSchema }),
  z.strictObject({ lineId: lineIdSchema, to: z.string().max(64) }),
]);

/** Why somebody sends in spite of what the rules about content found. */
export const overrideReasonSchema = z.string().trim().min(3, 'Say why in a few words.').max(500);

const linePolicy = z.object({ lineId: lineIdSchema, policy: linePolicySchema });

/** The part of the contract that is about what may leave, and when. */
export const gateCommands = {
  /** What the gate would say of this text now. Nothing is written down. */
  'message.judge': {
    input: z.strictObject({
      target: sendTargetSchema,
      text: z.string().max(20_000),
      media: z.array(mediaIdSchema).max(10).optional(),
      contentReason: overrideReasonSchema.optional(),
    }),
    output: z.object({
      verdict: verdictSchema,
      purpose: purposeSchema,
      findings: z.array(contentFindingSchema),
      /** What is put behind the text when it is sent, and counts as part of it; left out where nothing is. */
      behind: z.string().optional(),
    }),
  },
  /** Takes back a text that has not left. Its words become the draft where there is none. */
  'message.cancel': {
    input: z.strictObject({ entryId: entryIdSchema }),
    output: z.object({ entry: textEntrySchema }),
  },
  /** A person's decision to send what waits for the agent alone; it is kept as evidence. */
  'message.send-anyway': {
    input: z.strictObject({ entryId: entryIdSchema }),
    output: z.object({ entry: textEntrySchema }),
  },
  'policy.get': { input: z.strictObject({ lineId: lineIdSchema }), output: linePolicy },
  /** What waits on the line is judged anew by it. */
  'policy.save': { input: linePolicy.strict(), output: linePolicy },
} as const;

export const gateEvents = { 'policy.changed': linePolicy } as const;
