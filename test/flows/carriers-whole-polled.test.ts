import { expect, test, vi } from 'vitest';

import { acrobitsAtWork } from '#test/carriers/whole/acrobits-at-work.ts';
import { WholeProgram } from '#test/fakes/whole-program.ts';

const soon = { timeout: 40_000 };

test('a carrier that calls nobody is told no address, and what comes in is fetched every few seconds', async () => {
  await using program = await WholeProgram.open(acrobitsAtWork, { isPublic: true });
  const { carrier, time } = program;
  expect(program.hooks).toEqual([]);
  expect(await program.connection()).toMatchObject({ inboundRoad: 'polling', hooks: [] });
  const arrival = await carrier.receive('text');
  time.skip(16_000);
  const line = `in received ${arrival.text}`;
  await vi.waitFor(async () => expect(await program.shown(arrival.from)).toEqual([line]), soon);
  expect(await program.unread(arrival.from)).toBe(1);
  expect(await program.connection()).toMatchObject({ state: 'ok', sentence: 'Connected' });
  time.skip(16_000);
  await carrier.receive('text');
  time.skip(16_000);
  await vi.waitFor(
    async () => expect(await program.shown(arrival.from)).toEqual([line, line]),
    soon,
  );
});

test('its lost answer is found in what it lists as sent', async () => {
  await using program = await WholeProgram.open(acrobitsAtWork, { overBadLine: true });
  const { carrier, api, time } = program;
  const to = '+15550100221';
  api.manners = { kind: 'reset', taken: true };
  await program.write(to, 'Lost');
  await vi.waitFor(
    async () => expect((await program.shown(to))[0]).toMatch(/^out unknown.* Lost$/),
    soon,
  );
  api.manners = { kind: 'through' };
  time.skip(4_000);
  await vi.waitFor(
    async () => expect(await program.shown(to)).toEqual(['out accepted Lost']),
    soon,
  );
  expect(await carrier.takenFor(to)).toHaveLength(1);
});
