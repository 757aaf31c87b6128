import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { savePolicy } from '#main/history/line-policies.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import { usualPolicy } from '#shared/compliance/line-policy.ts';
import { ManualClock, settle } from '#test/fakes/manual-clock.ts';
import { accepted, outboundRoad } from '#test/fakes/outbound-road.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

/** Writes to a number at a moment and lives through a day and a half; tells when the text left. */
async function leavesAt(to: string, written: string): Promise<string> {
  const road = outboundRoad({ clock: new ManualClock(utc(written)) });
  savePolicy(road.db, road.line.id, { ...usualPolicy, quietHours: 'hold' });
  let left = '';
  road.carrier.onSend = ({ uid }) => {
    left = new Date(road.clock.now()).toISOString().slice(0, 16);
    return accepted(uid);
  };
  const target = { lineId: road.line.id, to };
  sendMessage(road, { uid: randomUUID(), target, text: 'Hello' });
  road.drain.wake();
  await settle();
  for (let hour = 0; hour < 36 && left === ''; hour += 1) await road.clock.advance(3_600_000);
  return left;
}

/** The hour and minute on a wall at that moment. */
const wall = (at: string, timeZone: string): string =>
  Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(utc(at));

const [phoenix, navajo] = ['+14805550142', '+19285550142'];
const [indianapolis, bloomington] = ['+13175550142', '+18125550142'];
const [ohio, panhandle, dakota] = ['+16145550142', '+18505550142', '+17015550142'];
const [eastern, central, mountain] = ['America/New_York', 'America/Chicago', 'America/Denver'];
const arizona = 'America/Phoenix';

type Case = readonly [where: string, to: string, written: string, leaves: string, zones: string[]];

describe('a text begun at night leaves through the gate when it is day at every clock that may be theirs', () => {
  const cases: readonly Case[] = [
    ['Arizona in summer', phoenix, '2026-07-15T14:30', '2026-07-15T15:00', [arizona]],
    ['Arizona in winter', phoenix, '2026-01-15T14:30', '2026-01-15T15:00', [arizona]],
    ['Arizona while others leap', phoenix, '2026-03-08T06:30', '2026-03-08T15:00', [arizona]],
    ['Arizona in its evening', phoenix, '2026-07-16T03:30', '2026-07-16T03:30', [arizona]],
    [
      '928, where the Navajo clock is ahead in summer',
      navajo,
      '2026-07-16T03:30',
      '2026-07-16T15:00',
      [arizona, mountain],
    ],
    [
      '928, where it is not in winter',
      navajo,
      '2026-01-16T03:30',
      '2026-01-16T03:30',
      [arizona, mountain],
    ],
    ['Indianapolis', indianapolis, '2026-11-18T12:30', '2026-11-18T13:00', [eastern]],
    [
      'Indiana with two clocks',
      bloomington,
      '2026-11-18T12:30',
      '2026-11-18T14:00',
      [eastern, central],
    ],
    ['the night an hour is left out', ohio, '2026-03-08T05:30', '2026-03-08T12:00', [eastern]],
    ['the night an hour comes twice', ohio, '2026-11-01T04:30', '2026-11-01T13:00', [eastern]],
    [
      'the second of the hour that comes twice',
      ohio,
      '2026-11-01T06:30',
      '2026-11-01T13:00',
      [eastern],
    ],
    [
      'Florida with two clocks, which closes at eight',
      panhandle,
      '2026-07-16T00:30',
      '2026-07-16T13:00',
      [eastern, central],
    ],
    [
      'North Dakota with two clocks, over the leap',
      dakota,
      '2026-03-08T06:30',
      '2026-03-08T14:00',
      [central, mountain],
    ],
  ];
  test.each(cases)('%s', async (...[, to, written, leaves, zones]) => {
    expect(await leavesAt(to, written)).toBe(leaves);
    for (const zone of zones) {
      expect(wall(leaves, zone) >= '08:00', zone).toBe(true);
      expect(wall(leaves, zone) < '21:00', zone).toBe(true);
    }
  });
});
