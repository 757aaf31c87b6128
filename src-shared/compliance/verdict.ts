import { z } from 'zod';

/**
 * Why a text is sent. `reply`: the customer wrote within the live conversation. `outreach`: an agent begins a conversation or
 * takes one up. `marketing`: a broadcast marked so. `legal`: what the law has us answer, such as the confirmation of an opt-out.
 */
export const purposeSchema = z.enum(['reply', 'outreach', 'marketing', 'legal']);
export type Purpose = z.infer<typeof purposeSchema>;

/** Who can change it that a text may not leave. */
export const whoSchema = z.enum(['agent', 'supervisor', 'customer', 'carrier', 'nobody']);
export type Who = z.infer<typeof whoSchema>;

export const waitReasonSchema = z.enum([
  'scheduled',
  'quiet-hours',
  'throughput',
  'daily-cap',
  'opt-in-awaited',
  'likely-opt-out',
  'paused',
]);
export type WaitReason = z.infer<typeof waitReasonSchema>;

const overrulable: ReadonlySet<WaitReason> = new Set(['quiet-hours', 'paused']);

/** May the agent have it leave all the same? Never against what somebody said of consent. */
export const mayOverrule = ({ reason, who }: Pick<Waiting, 'reason' | 'who'>): boolean =>
  who === 'agent' && overrulable.has(reason);

/** Why a text waits here. */
export const waitingSchema = z.object({
  reason: waitReasonSchema,
  /** Milliseconds since 1970 at which it is looked at again; null where nobody knows when. */
  until: z.int().nullable(),
  /** The same moment by the recipient's clock, such as `8:00 AM`; null where it is not about theirs. */
  theirTime: z.string().nullable(),
  /** What happened, a whole sentence. */
  because: z.string(),
  cure: z.string(),
  who: whoSchema,
});
export type Waiting = z.infer<typeof waitingSchema>;

export const refusedSchema = z.object({
  kind: z.literal('refused'),
  /** What the refusal is about: the name of the field at fault. */
  field: z.enum(['text', 'to', 'line', 'media']),
  because: z.string(),
  cure: z.string(),
  who: whoSchema,
});
export type Refused = z.infer<typeof refusedSchema>;

/** May a text leave: yes, not yet, or not at all. */
export const verdictSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('allowed') }),
  waitingSchema.extend({ kind: z.literal('waits') }),
  refusedSchema,
]);
export type Verdict = z.infer<typeof verdictSchema>;

/** What stands in a text's way. */
export type Objection = Exclude<Verdict, { kind: 'allowed' }>;

/** Makes a refusal; without `who` it is the agent who can change it. */
export const refuse = (
  ...[field, because, cure, who = 'agent']: [Refused['field'], string, string, Who?]
): Refused => ({ kind: 'refused', field, because, cure, who });

/** Makes a wait; what is left out is not known. */
export const wait = (
  waiting: Pick<Waiting, 'reason' | 'because' | 'cure' | 'who'> & Partial<Waiting>,
): Objection => ({ kind: 'waits', until: null, theirTime: null, ...waiting });
