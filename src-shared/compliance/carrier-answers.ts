import { isTollFree } from '../phone/toll-free.ts';
import type { Capabilities } from '../provider/capabilities.ts';
import type { AutomaticKind } from './reply-words.ts';

type Answering = Pick<Capabilities, 'confirmsOptOut' | 'answersHelp' | 'confirmsOptIn'>;
type Heard = { readonly line: string; readonly body: string };

/* The network of toll-free numbers knows these alone, whichever carrier sells them. */
const ofTollFree: Answering = {
  confirmsOptOut: ['STOP'],
  answersHelp: [],
  confirmsOptIn: ['START', 'UNSTOP'],
};

const lists: Readonly<Record<Exclude<AutomaticKind, 'ask'>, keyof Answering>> = {
  'opt-out': 'confirmsOptOut',
  help: 'answersHelp',
  'opt-in': 'confirmsOptIn',
};

/**
 * Does the carrier, or the toll-free network, answer this text by itself? They know whole texts alone, whatever the case, so
 * "STOP please" is ours to answer.
 */
export function carrierAnswers(
  carrier: Answering | undefined,
  kind: Exclude<AutomaticKind, 'ask'>,
  { line, body }: Heard,
): boolean {
  const word = body.trim().toUpperCase();
  const list = lists[kind];
  return (
    (isTollFree(line) && ofTollFree[list].includes(word)) || (carrier?.[list] ?? []).includes(word)
  );
}
