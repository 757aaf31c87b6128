import { z } from 'zod';

/** Words to begin a text with; `{first_name}` and `{first_name|there}` stand for what differs from person to person. */
export const templateSchema = z.object({
  uid: z.uuid(),
  name: z.string().trim().min(1, 'Give it a name.').max(100, 'Use at most 100 characters.'),
  text: z
    .string()
    .min(1, 'Write what it says.')
    .max(1_600, 'Use at most 1,600 characters.')
    .refine((text) => text.trim() !== '', 'Write what it says.'),
});
export type Template = z.infer<typeof templateSchema>;

const list = z.object({ templates: z.array(templateSchema) });

/** The part of the contract that is about templates. Every answer is all of them, by name. */
export const templateCommands = {
  'templates.list': { input: z.strictObject({}), output: list },
  /** Adds a template, or changes the one of this uid; one that was removed comes back. */
  'template.save': { input: templateSchema.strict(), output: list },
  'template.remove': { input: z.strictObject({ uid: z.uuid() }), output: list },
} as const;

export const templateEvents = { 'templates.changed': list } as const;
