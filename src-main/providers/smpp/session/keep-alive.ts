import { commandIds } from '../wire/command-ids.ts';
import { noBody } from '../wire/pdu.ts';
import type { Link } from './link.ts';
import type { SessionTimes } from './session-times.ts';

type Times = Pick<SessionTimes, 'enquireEvery' | 'enquireAnswer'>;

/** Asks now and then whether the carrier is still there, and ends a link on which it is not. */
export function keepAlive(link: Link, { enquireEvery, enquireAnswer }: Times): void {
  const timer = setInterval(() => void enquire(link, enquireAnswer), enquireEvery);
  void link.ended.then(() => clearInterval(timer));
}

/* Any answer is a sign of life, a refusal too. */
async function enquire(link: Link, withinMs: number): Promise<void> {
  const answer = await link.ask(commandIds.enquireLink, noBody, withinMs);
  if (answer.kind === 'lost') link.end('enquire_link went unanswered');
}
