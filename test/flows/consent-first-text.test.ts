import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { savePolicy } from '#main/history/line-policies.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import { type LinePolicy, usualPolicy } from '#shared/compliance/line-policy.ts';
import { ConsentRoad } from '#test/fakes/consent-road.ts';
import { settle } from '#test/fakes/manual-clock.ts';
import { sends } from '#test/fakes/outbound-road.ts';

const ask =
  'Front desk: May we text you at this number? Reply YES to agree, STOP to decline. Msg & data rates may apply.';

function roadWith(policy: Partial<LinePolicy>): ConsentRoad {
  const consent = new ConsentRoad();
  const { db, line } = consent.road;
  savePolicy(db, line.id, { ...usualPolicy, quietHours: 'off', ...policy });
  return consent;
}

const waits = { reason: 'opt-in-awaited', who: 'customer', until: null };

describe('the first text to somebody without consent', () => {
  test('leaves where the line only warns', async () => {
    const consent = roadWith({ firstText: 'warn' });
    await sends(consent.road, { text: 'Hello' });
    expect(consent.sent).toEqual(['Hello']);
  });

  test('is refused where the line forbids it, until consent is on file', async () => {
    const consent = roadWith({ firstText: 'forbid' });
    await expect(sends(consent.road)).rejects.toMatchObject({
      failure: { field: 'to', cure: 'Record their consent first.' },
    });
    await consent.hears('Hi');
    await sends(consent.road, { text: 'Hello' });
    expect(consent.sent).toEqual(['Hello']);
  });

  test('waits where the line asks first, which is done once, and leaves when they say YES', async () => {
    const consent = roadWith({ firstText: 'ask' });
    const first = await sends(consent.road, { text: 'One' });
    await sends(consent.road, { text: 'Two' });
    expect(first.waiting).toMatchObject(waits);
    expect(consent.sent).toEqual([ask]);
    await consent.hears('who is this?');
    expect(consent.sent).toEqual([ask]);
    await consent.road.clock.advance(1_000);
    await consent.hears('Yes');
    await settle();
    expect(consent.sent).toEqual([ask, 'One', 'Two']);
  });

  test('is cancelled where they decline', async () => {
    const consent = roadWith({ firstText: 'ask' });
    await sends(consent.road, { text: 'One' });
    await consent.hears('STOP');
    expect(consent.lines()).toContain('> One [failed]');
    expect(consent.sent).not.toContain('One');
  });

  test('waits for the morning with the question as well', async () => {
    const consent = roadWith({ firstText: 'ask', quietHours: 'hold' });
    // Six in the morning UTC is one at night in New York, where the day to come is a holiday.
    await consent.road.clock.advance(6 * 3_600_000);
    const target = { lineId: consent.road.line.id, to: '+12125550123' };
    sendMessage(consent.road, { uid: randomUUID(), target, text: 'One' });
    consent.road.drain.wake();
    await settle();
    expect(consent.sent).toEqual([]);
    for (let hour = 0; hour < 48; hour += 1) {
      await consent.road.clock.advance(3_600_000);
      consent.road.drain.wake();
      await settle();
    }
    expect(consent.sent).toEqual([ask]);
  });
});

describe('how to opt out', () => {
  test('is put behind the first text alone, and counted', async () => {
    const consent = roadWith({ optOutWording: true });
    const entry = await sends(consent.road, { text: 'x'.repeat(150) });
    await sends(consent.road, { text: 'Second' });
    expect(consent.sent).toEqual([`${'x'.repeat(150)}\nReply STOP to opt out.`, 'Second']);
    expect(entry.segments).toBe(2);
  });

  test('is not said twice, nor in an answer', async () => {
    const consent = roadWith({ optOutWording: true });
    await sends(consent.road, { text: 'Text STOP to end.', peer: 1 });
    await consent.hears('Hi');
    await sends(consent.road, { text: 'An answer' });
    expect(consent.sent).toEqual(['Text STOP to end.', 'An answer']);
  });
});
