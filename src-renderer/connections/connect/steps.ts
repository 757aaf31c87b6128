import type { Step } from './connecting-store.ts';

/** The steps in their order, with the words in the list of steps. */
export const steps: readonly { readonly step: Step; readonly words: string }[] = [
  { step: 'carrier', words: 'Carrier' },
  { step: 'credentials', words: 'Credentials' },
  { step: 'numbers', words: 'Numbers' },
  { step: 'webhooks', words: 'Receiving' },
  { step: 'done', words: 'Done' },
];

/** The step before; null before the first, and after the connection is made. */
export function stepBefore(step: Step): Step | null {
  if (step === 'done') return null;
  return steps[steps.findIndex((each) => each.step === step) - 1]?.step ?? null;
}
