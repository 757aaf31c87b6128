import { describe, expect, it } from 'vitest';

import { callWords } from '#renderer/calls/call-words.ts';
import { dayName, dayStart, playingTime, rowTime, talkTime } from '#renderer/controls/tell-time.ts';
import { numberWords } from '#renderer/new-message/number-words.ts';
import { avatarLetters } from '#renderer/thread-list/avatar-letters.ts';
import { previewWords } from '#renderer/thread-list/preview-words.ts';
import { statusWords, troubleOf } from '#renderer/thread/status-words.ts';
import type { Waiting } from '#shared/compliance/verdict.ts';
import { deliveryStateSchema } from '#shared/message/delivery-state.ts';
import { failureKindSchema, failureMeanings } from '#shared/provider/send-failure.ts';
import {
  makeCall,
  makeMedia,
  makeText,
  makeVoicemail,
  previewOf,
} from '#test/fakes/small-world.ts';

describe('statusWords', () => {
  it.each([
    ['received', ''],
    ['queued', 'Waiting'],
    ['sending', 'Sending'],
    ['accepted', 'Sent'],
    ['sent', 'Sent'],
    ['delivered', 'Delivered'],
    ['unknown', 'Not confirmed'],
    ['failed', 'Not delivered'],
  ])('says of %s: %s', (state, words) => {
    expect(statusWords({ state: deliveryStateSchema.parse(state), failure: null })).toBe(words);
  });

  it('says of what never left that it was not sent, in the words of the rule that stood against it', () => {
    const raw = 'This person opted out. They wrote "STOP". They can text START to this line.';
    const failure = { kind: 'blocked', raw } as const;
    expect(statusWords({ state: 'failed', failure })).toBe('Not sent: this person opted out');
    expect(statusWords({ state: 'failed', failure: { kind: 'blocked', raw: null } })).toBe(
      'Not sent: held back here',
    );
    expect(statusWords({ state: 'failed', failure: { kind: 'cancelled', raw: null } })).toBe(
      'Cancelled',
    );
    expect(troubleOf({ state: 'failed', failure, undecided: false })).toEqual({
      kind: 'failed',
      words: raw,
      mayTryAgain: true,
    });
    const cancelled = { kind: 'cancelled', raw: null } as const;
    expect(troubleOf({ state: 'failed', failure: cancelled, undecided: false })).toBeNull();
  });

  it('says what a text waits for, and until when', () => {
    const waiting = { because: '', cure: '', who: 'agent', until: null, theirTime: null } as const;
    const words = (more: object): string =>
      statusWords({ state: 'queued', failure: null, waiting: { ...waiting, ...more } as Waiting });
    expect(words({ reason: 'quiet-hours', until: 1, theirTime: '8:00 AM' })).toBe(
      'Waiting until 8:00 AM their time: quiet hours',
    );
    expect(words({ reason: 'paused' })).toBe('Waiting for you: look at it once more');
    expect(words({ reason: 'opt-in-awaited' })).toBe('Waiting: they were asked to opt in');
    const network = { kind: 'network', raw: null } as const;
    expect(statusWords({ state: 'queued', failure: network })).toBe('Waiting: no connection');
  });

  it('says in a few words why a text was not delivered, for every kind of failure', () => {
    for (const kind of failureKindSchema.exclude(['blocked', 'cancelled']).options)
      expect(statusWords({ state: 'failed', failure: { kind, raw: '30006' } })).toBe(
        `Not delivered: ${failureMeanings[kind].short}`,
      );
  });
});

describe('troubleOf', () => {
  const text = makeText({ direction: 'out' });

  it('is null while all goes well', () => {
    for (const state of ['queued', 'sending', 'accepted', 'sent', 'delivered'] as const)
      expect(troubleOf({ ...text, state })).toBeNull();
  });

  it('gives sentence and cure, and a second try only where that may help', () => {
    expect(
      troubleOf({ ...text, state: 'failed', failure: { kind: 'landline', raw: null } }),
    ).toEqual({
      kind: 'failed',
      words: 'The number is a landline, which cannot receive texts. Call instead.',
      mayTryAgain: false,
    });
    expect(
      troubleOf({ ...text, state: 'failed', failure: { kind: 'unreachable', raw: null } }),
    ).toMatchObject({ mayTryAgain: true });
  });

  it('leaves an undecided text to the person, and one still looked for to the program', () => {
    const unknown = { ...text, state: 'unknown', failure: null } as const;
    expect(troubleOf({ ...unknown, undecided: true })).toMatchObject({
      kind: 'undecided',
      mayTryAgain: true,
    });
    expect(troubleOf({ ...unknown, undecided: false })).toMatchObject({
      kind: 'checking',
      mayTryAgain: false,
    });
  });

  it('leaves a colleague’s text to the colleague', () => {
    const failure = { kind: 'unreachable', raw: null } as const;
    const theirs = { ...text, author: 'Back office' };
    expect(troubleOf({ ...theirs, state: 'failed', failure })).toMatchObject({
      mayTryAgain: false,
    });
    expect(troubleOf({ ...theirs, state: 'unknown', failure: null, undecided: true })).toEqual({
      kind: 'checking',
      words: 'May have been delivered. Back office finds out, or decides.',
      mayTryAgain: false,
    });
  });
});

describe('previewWords', () => {
  const said = (preview: ReturnType<typeof previewOf> | null, draft = ''): string => {
    const { lead, words } = previewWords({ draft, preview });
    return lead + words;
  };

  it.each([
    [makeText({ text: 'Here is\n the photo' }), 'Here is the photo'],
    [makeText({ text: 'On my way', direction: 'out' }), 'You: On my way'],
    [makeText({ text: '', media: [makeMedia()] }), 'Picture'],
    [
      makeText({
        text: 'x',
        direction: 'out',
        state: 'failed',
        failure: { kind: 'landline', raw: '30006' },
      }),
      'You: not delivered: landline',
    ],
    [makeText({ text: 'x', direction: 'out', state: 'unknown' }), 'You: not confirmed'],
    [makeCall({ outcome: 'missed' }), 'Missed call'],
    [makeCall({ outcome: 'missed', direction: 'out' }), 'Missed call'],
    [makeCall({ seconds: 252 }), 'Call · 4 min 12 s'],
    [makeVoicemail({ seconds: 12 }), 'Voicemail 0:12'],
  ])('of entry %#', (entry, words) => {
    expect(said(previewOf(entry))).toBe(words);
  });

  it('puts a draft first', () => {
    expect(said(previewOf(makeText()), 'Thanks,\nI will')).toBe('Draft: Thanks, I will');
    expect(said(previewOf(makeText()), '  ')).toBe('Hello');
  });

  it('has words for a thread without entries', () => {
    expect(said(null)).toBe('No messages yet');
  });
});

describe('callWords', () => {
  it.each([
    [makeCall({ direction: 'in' }), 'Call from Dana · answered · 4 min 12 s'],
    [makeCall({ direction: 'in', outcome: 'missed' }), 'Missed call from Dana'],
    [makeCall({ direction: 'out', outcome: 'busy' }), 'Call to Dana · line busy'],
    [makeCall({ direction: 'out', outcome: 'missed' }), 'Missed call to Dana'],
    [makeCall({ direction: 'in', outcome: 'declined' }), 'Call from Dana · declined'],
  ])('of call %#', (call, words) => {
    expect(callWords(call, 'Dana')).toBe(words);
  });
});

describe('times', () => {
  const noon = new Date(2026, 4, 20, 12).getTime();
  const day = 86_400_000;

  it('are as short as a row wants them', () => {
    const today = dayStart(noon);
    expect(rowTime(noon, today)).toMatch(/^12:00\sPM$/);
    expect(rowTime(noon - day, today)).toBe('Yesterday');
    expect(rowTime(noon - 2 * day, today)).toBe('Mon');
    expect(rowTime(noon - 30 * day, today)).toBe('Apr 20');
    expect(rowTime(noon - 400 * day, today)).toBe('4/15/25');
  });

  it('name days', () => {
    expect(dayName(noon, noon)).toBe('Today');
    expect(dayName(noon - day, noon)).toBe('Yesterday');
    expect(dayName(noon - 17 * day, noon)).toBe('Sunday, May 3');
  });

  it.each([
    [5, '0:05', '5 s'],
    [252, '4:12', '4 min 12 s'],
    [3_725, '1:02:05', '1 h 2 min'],
  ])('of %i seconds', (seconds, playing, talking) => {
    expect(playingTime(seconds)).toBe(playing);
    expect(talkTime(seconds)).toBe(talking);
  });
});

describe('avatarLetters', () => {
  it.each([
    ['Dana Reyes', '+15035550164', 'DR'],
    ['Ana Maria de la Cruz', '+15035550164', 'AC'],
    ['Cher', '+15035550164', 'C'],
    ['🎉 Party', '+15035550164', 'P'],
    [null, '+15035550164', '+1'],
    [null, '+442079460958', '+44'],
    [null, '72345', '#'],
    [null, 'acme', 'AC'],
    ['', '72345', '#'],
  ])('of %s, %s', (name, peer, letters) => {
    expect(avatarLetters({ name, peer })).toBe(letters);
  });
});

describe('numberWords', () => {
  it.each([
    ['', 'plain', 'A number with area code, or a short code.'],
    ['(206) 555-0142', 'plain', '+12065550142'],
    ['72345', 'plain', 'Short code 72345'],
    [
      '555 010 0100',
      'warn',
      '+15550100100 · The numbering plan has not assigned this number, so check the digits.',
    ],
    ['555-0142', 'bad', 'The area code is missing. Put the three-digit area code before it.'],
  ])('of %j', (typed, tone, words) => {
    expect(numberWords(typed)).toEqual({ tone, words });
  });
});
