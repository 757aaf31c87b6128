import type { CommandInput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import { failureOf } from '../../store/failure-of.ts';
import type { Screen } from '../../store/screen.ts';
import { carrierPatience } from '../change-connection.ts';

type Purchase = CommandInput<'numbers.buy'>;

/**
 * Buys a number and makes it a line. Where no clear answer came, the carrier's own list decides whether it was bought: a second
 * try could otherwise cost twice, and a number that was bought must not be taken for one that was not.
 * @throws CommandFailure where it was not bought, or nobody can say
 */
export async function buyNumber(screen: Screen, purchase: Purchase): Promise<void> {
  try {
    await screen.host.call('numbers.buy', purchase, carrierPatience);
  } catch (error) {
    const owned = await isOurs(screen, purchase);
    if (owned !== 'yes') throw withAdvice(error, advice[owned]);
    await makeLine(screen, purchase);
  }
}

type Owned = 'yes' | 'no' | 'not-told';

async function isOurs({ host }: Screen, { connectionId, offer }: Purchase): Promise<Owned> {
  try {
    const { numbers } = await host.call('connection.numbers', { connectionId }, carrierPatience);
    return numbers.some(({ number }) => number === offer.number) ? 'yes' : 'no';
  } catch {
    return 'not-told';
  }
}

/** A number that is a line already stays the line it is. */
async function makeLine({ host }: Screen, { connectionId, offer, label }: Purchase): Promise<void> {
  const { number, numberType } = offer;
  await host.call('line.add', { connectionId, number, numberType, label });
}

const advice: Readonly<Record<Exclude<Owned, 'yes'>, string>> = {
  no: 'The carrier’s list does not show it as yours, so it was most likely not bought.',
  'not-told':
    'Whether it was bought could not be learnt: look at the numbers of the account before you buy it once more.',
};

function withAdvice(error: unknown, words: string): CommandFailure {
  const { code, message, cure } = failureOf(error);
  return new CommandFailure(code, message, { cure: cure === null ? words : `${cure} ${words}` });
}
