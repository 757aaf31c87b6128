import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type {
  Asked,
  CarrierNumber,
  HookAddress,
  ListPage,
} from '#shared/provider/carrier-lists.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';
import { type SendFailure, failureMeanings } from '#shared/provider/send-failure.ts';

const deadline = 15_000;
/* An account with more pages of numbers than this is not listed whole in one go. */
const mostPages = 50;

/** What the carrier said, or a failure that says in words why it did not. */
function mustBeTold<Answer>(asked: Asked<Answer> | undefined): Answer {
  if (asked?.kind === 'told') return asked.answer;
  if (asked === undefined) {
    throw new CommandFailure('refused', 'This carrier does not offer that.', {
      cure: 'Use the carrier’s own web page.',
    });
  }
  const { sentence, cure } = failureMeanings[asked.failure.kind];
  const raw = asked.failure.raw === null ? '' : ` (${asked.failure.raw})`;
  throw new CommandFailure('refused', `${sentence}${raw}`, { cure });
}

/** Every number of the account. Throws {@link CommandFailure}. */
export async function allNumbers(adapter: ProviderAdapter): Promise<CarrierNumber[]> {
  const numbers: CarrierNumber[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: ListPage<CarrierNumber> = mustBeTold(
      await adapter.listNumbers?.(cursor, deadline),
    );
    numbers.push(...answer.rows);
    if (answer.next === null) return numbers;
    cursor = answer.next;
  }
  return numbers;
}

/** Are the credentials good, and which numbers are there? */
export async function testAdapter(
  adapter: ProviderAdapter,
): Promise<CommandOutput<'connection.test'>> {
  const tested = await adapter.testCredentials(deadline);
  if (tested.kind === 'not-told') return { kind: 'bad', failure: tested.failure };
  const numbers =
    adapter.listNumbers === undefined ? [] : await allNumbers(adapter).catch(() => []);
  return { kind: 'good', account: tested.answer.account, numbers };
}

/** Points each number's hooks at these addresses; one that fails does not stop the others. */
export async function writeHooks(
  adapter: ProviderAdapter,
  hooks: readonly HookAddress[],
  wanted: readonly string[],
): Promise<{ number: string; failure: SendFailure | null }[]> {
  if (hooks.length === 0) {
    throw new CommandFailure(
      'refused',
      'The carrier cannot reach this program: no public address is set.',
      {
        field: 'publicUrl',
        cure: 'Set the public address of the relay first.',
      },
    );
  }
  const numbers = (await allNumbers(adapter)).filter((each) => wanted.includes(each.number));
  const outcomes = [];
  for (const number of numbers) {
    const asked = await adapter.configureHooks?.(number, hooks, deadline);
    if (asked === undefined) mustBeTold(asked);
    outcomes.push({
      number: number.number,
      failure: asked?.kind === 'not-told' ? asked.failure : null,
    });
  }
  return outcomes;
}

export async function searchOffers(
  adapter: ProviderAdapter,
  { areaCode, tollFree }: CommandInput<'numbers.search'>,
): Promise<CommandOutput<'numbers.search'>['offers']> {
  const offers = mustBeTold(
    await adapter.searchNumbers?.({ areaCode, tollFree, limit: 20 }, deadline),
  );
  return [...offers];
}

/** Buys a number at the price that was confirmed. It costs money. */
export async function buyOffer(
  adapter: ProviderAdapter,
  offer: CommandInput<'numbers.buy'>['offer'],
): Promise<CarrierNumber> {
  return mustBeTold(await adapter.buyNumber?.(offer, 30_000));
}
