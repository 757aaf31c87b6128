import { z } from 'zod';

/** Something about the words of a text that carriers refuse or people fear. */
export const contentFindingSchema = z.object({
  rule: z.enum([
    'shortener',
    'shaft',
    'phishing',
    'opt-out-wording',
    'registration',
    'quiet-hours',
    'consent',
  ]),
  /** Where in the text it stands, in UTF-16 units; the whole text where it is about what is missing. */
  from: z.int().nonnegative(),
  to: z.int().nonnegative(),
  /** A whole sentence. */
  words: z.string(),
});
export type ContentFinding = z.infer<typeof contentFindingSchema>;
