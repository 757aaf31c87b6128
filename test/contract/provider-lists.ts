import { expect, test } from 'vitest';

import { listSent } from '#main/outbound/list-sent.ts';
import type { ListedText } from '#shared/provider/carrier-lists.ts';
import type { OutboundText } from '#shared/provider/provider.ts';
import { closedPort } from '#test/fakes/raw-server.ts';
import type { Manners } from '#test/fakes/unruly-front.ts';

import { OpenProvider } from './open-provider.ts';
import type { ProviderUnderTest } from './provider-under-test.ts';

const deadlineMs = 5_000;

/** What the list must show of a text: what the carrier keeps, and null in place of what it does not. */
export function keptOf(
  { carrier }: OpenProvider,
  { uid, text }: OutboundText,
): Pick<ListedText, 'reference' | 'text'> {
  const { reference, text: words } = carrier.listKeeps;
  return { reference: reference ? uid : null, text: words ? text : null };
}

/** An hour ago: some carriers list no more than a day at a time. */
export const lately = (): number => Date.now() - 3_600_000;

/** How a text of unknown outcome is found again; for carriers that list what they took. */
export function testLists(provider: ProviderUnderTest): void {
  const { listsMessages } = provider.definition.capabilities;

  test('what the capabilities say of the list is true', async () => {
    await using open = await OpenProvider.start(provider);
    expect(open.adapter.listTexts !== undefined).toBe(listsMessages);
  });

  test.runIf(listsMessages)('a text whose answer was lost is found in the list', async () => {
    await using open = await OpenProvider.start(provider);
    open.front.manners = { kind: 'reset', taken: true };
    const text = open.text();
    const since = Date.now() - 60_000;
    expect((await open.adapter.send(text, deadlineMs)).kind).toBe('unknown');
    open.front.manners = { kind: 'through' };
    const listed = await listSent(open.adapter, { ...text, since }, deadlineMs);
    expect(listed).toHaveLength(1);
    expect(listed?.[0]).toMatchObject({
      providerMessageId: expect.stringMatching(/./),
      ...keptOf(open, text),
      from: text.from,
      to: text.to,
      failure: null,
    });
    expect(listed?.[0]?.createdAt).toBeGreaterThan(since);
    expect(listed?.[0]?.createdAt).toBeLessThan(Date.now() + 5_000);
  });

  test.runIf(listsMessages)('a text that never arrived is not found', async () => {
    await using open = await OpenProvider.start(provider);
    open.front.manners = { kind: 'reset' };
    const text = open.text();
    expect((await open.adapter.send(text, deadlineMs)).kind).toBe('unknown');
    open.front.manners = { kind: 'through' };
    expect(await listSent(open.adapter, { ...text, since: lately() }, deadlineMs)).toEqual([]);
  });

  test.runIf(listsMessages)(
    'only texts between the two, and from then on, are listed',
    async () => {
      await using open = await OpenProvider.start(provider);
      const text = open.text();
      await open.adapter.send(text, deadlineMs);
      const other = { ...text, to: '+12125550199', since: lately() };
      expect(await listSent(open.adapter, other, deadlineMs)).toEqual([]);
      const later = { ...text, since: Date.now() + 3_600_000 };
      expect(await listSent(open.adapter, later, deadlineMs)).toEqual([]);
    },
  );

  test.runIf(listsMessages)('a list of several pages is read whole, newest first', async () => {
    await using open = await OpenProvider.start(provider);
    const sent: string[] = [];
    for (let count = 0; count < 230; count += 1) {
      const outcome = await open.adapter.send(open.text(), deadlineMs);
      if (outcome.kind === 'accepted') sent.push(outcome.providerMessageId);
    }
    expect(sent).toHaveLength(230);
    const query = { ...open.text(), since: lately() };
    const listed = await listSent(open.adapter, query, deadlineMs);
    expect(listed?.map((each) => each.providerMessageId)).toEqual(sent.toReversed());
  });

  const broken: readonly (readonly [string, Manners])[] = [
    ['is refused', { kind: 'answer', status: 403, body: '{}' }],
    ['is in trouble', { kind: 'answer', status: 500, body: 'oops' }],
    ['is a page of HTML', { kind: 'answer', status: 200, body: '<html></html>' }],
    ['is of another shape', { kind: 'answer', status: 200, body: '{"data":[{"id":7}]}' }],
    ['is an array', { kind: 'answer', status: 200, body: '[]' }],
    ['is cut off', { kind: 'cut' }],
    ['never comes', { kind: 'hang' }],
    ['is reset', { kind: 'reset' }],
  ];
  test.runIf(listsMessages).each(broken)(
    'a list that %s is no list, not an empty one',
    async (_what, manners) => {
      await using open = await OpenProvider.start(provider);
      open.front.manners = manners;
      const query = { ...open.text(), since: lately() };
      expect(await listSent(open.adapter, query, 300)).toBeNull();
    },
  );

  test.runIf(listsMessages)('a list nobody answers for is no list', async () => {
    await using open = await OpenProvider.start(provider);
    const { adapter } = open.connect(`http://127.0.0.1:${await closedPort()}`);
    expect(await listSent(adapter, { ...open.text(), since: lately() }, deadlineMs)).toBeNull();
  });
}
