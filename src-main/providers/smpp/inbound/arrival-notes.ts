import { z } from 'zod';

/**
 * What the session knows of an arrival beside its octets, kept with it as headers, because it is read when that session may
 * be long over.
 * `message`: what the carrier told. `late-answer`: the carrier's answer to a text that came after its sender had stopped waiting.
 */
export type ArrivalNotes =
  | {
      readonly kind: 'message';
      /** Tells this arrival from another one with the same octets. */
      readonly id: string;
      /** Of a receipt: the text whose part it is about; null where the session knows of none. */
      readonly text: TextOfPart | null;
    }
  | {
      readonly kind: 'late-answer';
      readonly id: string;
      /** Our own uid of the text. */
      readonly reference: string;
      /** Names all parts; null where the carrier did not take the text. */
      readonly textId: string | null;
      /** Our kind of failure and the carrier's words; empty where it did. */
      readonly failure: string;
      readonly raw: string;
    };

/** A text in parts, and how many of these are delivered. `reference` is our uid where the id is news to the history. */
export type TextOfPart = {
  readonly id: string;
  readonly parts: number;
  readonly delivered: number;
  readonly reference: string | null;
};

type Headers = Readonly<Record<string, string>>;

export function writeNotes(notes: ArrivalNotes): Headers {
  if (notes.kind === 'late-answer') {
    const { id, reference, textId, failure, raw } = notes;
    const taken = textId === null ? {} : { 'text-id': textId };
    return { kind: notes.kind, id, reference, ...taken, failure, raw };
  }
  const { id, text } = notes;
  if (text === null) return { kind: notes.kind, id };
  return {
    kind: notes.kind,
    id,
    'text-id': text.id,
    parts: String(text.parts),
    delivered: String(text.delivered),
    ...(text.reference === null ? {} : { reference: text.reference }),
  };
}

const count = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number);

const shape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('message'),
    id: z.string().min(1),
    'text-id': z.string().optional(),
    parts: count.default(1),
    delivered: count.default(0),
    reference: z.string().optional(),
  }),
  z.object({
    kind: z.literal('late-answer'),
    id: z.string().min(1),
    reference: z.string().min(1),
    'text-id': z.string().optional(),
    failure: z.string(),
    raw: z.string(),
  }),
]);

/** The notes in an arrival's headers; null where they are not ours. */
export function readNotes(headers: Headers): ArrivalNotes | null {
  const read = shape.safeParse(headers).data;
  if (read === undefined) return null;
  const textId = read['text-id'] ?? null;
  if (read.kind === 'late-answer') {
    const { kind, id, reference, failure, raw } = read;
    return { kind, id, reference, textId, failure, raw };
  }
  const { kind, id, parts, delivered, reference = null } = read;
  return { kind, id, text: textId === null ? null : { id: textId, parts, delivered, reference } };
}
