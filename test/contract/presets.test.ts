import { describe, expect, test } from 'vitest';

import { findPreset, presets } from '#main/providers/presets.ts';
import { findProvider } from '#main/providers/registry.ts';
import {
  type Verification,
  type VerifiedStep,
  verificationSteps,
  verifyPreset,
} from '#main/providers/verify-preset.ts';

import { SipDesk, ours } from './sip-desk.ts';

describe.each(presets)('the preset $id', (preset) => {
  const capabilities = findProvider(preset.over)?.capabilities;
  const fields = capabilities?.credentials ?? [];
  const blanks = preset.blanks.map(({ field }) => field);

  test.skipIf(capabilities === undefined)(
    'fills or asks for fields that its provider has, each once',
    () => {
      const names = [
        ...fields.map(({ name }) => name),
        ...(capabilities?.needsAddress === true ? ['baseUrl'] : []),
      ];
      const used = [...Object.keys(preset.values), ...blanks];
      expect(used.filter((name) => !names.includes(name))).toEqual([]);
      expect(new Set(used).size).toBe(used.length);
      const needed = fields.filter(({ optional }) => !optional).map(({ name }) => name);
      expect(needed.filter((name) => !used.includes(name))).toEqual([]);
      for (const { name, choices } of fields)
        if (choices !== undefined && name in preset.values)
          expect(choices).toContain(preset.values[name]);
    },
  );

  test('says that it is unverified, names no host, and brings its questions', () => {
    expect(preset.unverified).toBe(true);
    expect(preset.label).toContain('unverified');
    expect(JSON.stringify({ ...preset.values })).not.toMatch(/\w\.\w{2,}|:\/\//);
    expect(preset.questions.length).toBeGreaterThan(9);
    expect(
      [...preset.questions, ...preset.blanks.map(({ question }) => question)].every((each) =>
        each.endsWith('?'),
      ),
    ).toBe(true);
  });
});

test('a preset is found by its id, and nothing by another', () => {
  expect(findPreset('sipnex-sip')?.over).toBe('sip-message');
  expect(findPreset('SIPNEX')).toBeUndefined();
  expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
});

function verification(desk: SipDesk, heard: VerifiedStep[] = []): Verification {
  return {
    number: ours,
    uid: '01890000-0000-7000-8000-0000000000ff',
    text: 'Trunkline test 4711',
    onStep: (step) => void heard.push(step),
    async waitForText(text) {
      desk.carrier.deliver({ from: ours, text });
      const arrivals = await desk.untilArrived(1);
      return arrivals
        .flatMap((each) => desk.read(each))
        .some((each) => each.kind === 'text-received' && each.text === text);
    },
  };
}

const outcomes = (steps: readonly VerifiedStep[]) => steps.map(({ outcome }) => outcome);

describe('a verification', () => {
  test('signs in, asks, texts itself and hears it, each step told as it ends', async () => {
    await using desk = await SipDesk.open('tls');
    const heard: VerifiedStep[] = [];
    const steps = await verifyPreset(desk.adapter, verification(desk, heard));
    expect(steps.map(({ step }) => step)).toEqual(verificationSteps);
    expect(outcomes(steps)).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(heard).toEqual(steps);
    expect(steps[0]?.sentence).toBe('Signed in as 15550100001@sip.example.net.');
    expect(desk.carrier.taken.map(({ from, to }) => [from, to])).toEqual([[ours, ours]]);
  });

  test.each([
    ['INVITE, ACK', /may take none/],
    ['', /only trying will tell/],
  ])('goes on where the server allows "%s"', async (allow, sentence) => {
    await using desk = await SipDesk.open();
    desk.carrier.allow = allow;
    const steps = await verifyPreset(desk.adapter, verification(desk));
    expect(outcomes(steps)).toEqual(['passed', 'not-known', 'passed', 'passed']);
    expect(steps[1]?.sentence).toMatch(sentence);
  });

  test('ends where the login is wrong: nothing is sent', async () => {
    await using desk = await SipDesk.open();
    desk.carrier.whims.REGISTER.push(
      ...[1, 2].map(() => ({ taken: false, status: '403 Forbidden' })),
    );
    const steps = await verifyPreset(desk.adapter, verification(desk));
    expect(outcomes(steps)).toEqual(['failed', 'skipped', 'skipped', 'skipped']);
    expect(steps[0]).toMatchObject({ failure: { kind: 'not-allowed', raw: '403: Forbidden' } });
    expect(steps[0]?.sentence).toMatch(/Ask the carrier to enable it\.$/);
    expect(desk.carrier.taken).toEqual([]);
  });

  test('ends where the text is refused', async () => {
    await using desk = await SipDesk.open();
    desk.carrier.whims.MESSAGE.push({ taken: false, status: '405 Method Not Allowed' });
    const steps = await verifyPreset(desk.adapter, verification(desk));
    expect(outcomes(steps)).toEqual(['passed', 'passed', 'failed', 'skipped']);
  });

  test('still waits for a text whose sending stayed unclear, and says when it does not come', async () => {
    await using desk = await SipDesk.open();
    desk.carrier.whims.MESSAGE.push({ taken: true, status: '500 Oops' });
    const silent = { ...verification(desk), waitForText: () => Promise.resolve(false) };
    const steps = await verifyPreset(desk.adapter, silent);
    expect(outcomes(steps)).toEqual(['passed', 'passed', 'not-known', 'failed']);
    expect(steps[2]?.failure).toMatchObject({ kind: 'no-answer' });
    expect(steps[3]?.sentence).toMatch(/did not come back/);
  });
});
