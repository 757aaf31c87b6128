import { describe, expect, it } from 'vitest';

import { abilityWords } from '#renderer/connections/ability-words.ts';
import { askingWords } from '#renderer/connections/asking-words.ts';
import { freeLabel } from '#renderer/connections/connect/choose-carrier.ts';
import { chosenLines, withFound, withWritten } from '#renderer/connections/connect/wanted-lines.ts';
import { writtenFields } from '#renderer/connections/CredentialFields.tsx';
import { nameOf } from '#renderer/connections/name-of-number.ts';
import { likelyType } from '#renderer/connections/number-type-words.ts';
import { hookStanding } from '#renderer/connections/numbers/hook-standing.ts';
import { priceWords } from '#renderer/connections/numbers/offer-words.ts';
import { addressProblem, isOnThisMachine, isReachable } from '#renderer/connections/reachable.ts';
import { roadAdvice, roadWords } from '#renderer/connections/road-words.ts';
import { moneyOf } from '#renderer/controls/tell-money.ts';
import { timeAgo } from '#renderer/controls/tell-time.ts';
import { billingWords, countedOtherwise } from '#renderer/thread/billing-words.ts';
import { inboundRoadSchema } from '#shared/contract/connection-shapes.ts';
import { usualCapabilities } from '#shared/provider/capabilities.ts';
import { failureKindSchema } from '#shared/provider/send-failure.ts';
import { makeConnection, makeNumber } from '#test/fakes/carrier-host.ts';

describe('moneyOf', () => {
  it.each([
    [1_150_000, 'USD', 2, '$1.15'],
    [1_000_000, 'USD', 2, '$1.00'],
    [15_800, 'USD', 4, '$0.0158'],
    [6_000, 'usd', 4, '$0.0060'],
    [4_150, 'USD', 4, '$0.00415'],
    [1, 'USD', 4, '$0.000001'],
    [7_500, 'EUR', 4, '€0.0075'],
    [7_500, 'credits', 4, '0.0075'],
  ] as const)('says %i millionths of %s as %s', (...[micros, currency, digits, words]) => {
    expect(moneyOf(micros, currency, digits)).toBe(words);
  });
});

describe('billingWords', () => {
  const billing = { segments: 2, priceMicros: 15_800, feeMicros: 6_000, currency: 'USD' };

  it('says as much as the carrier told', () => {
    expect(billingWords(billing)).toBe('Billed 2 segments · $0.0158 + $0.0060 carrier fee');
    expect(billingWords({ ...billing, feeMicros: null })).toBe('Billed 2 segments · $0.0158');
    expect(billingWords({ ...billing, feeMicros: 0, segments: 1 })).toBe(
      'Billed 1 segment · $0.0158',
    );
    expect(billingWords({ ...billing, segments: null })).toBe(
      'Billed $0.0158 + $0.0060 carrier fee',
    );
    expect(billingWords({ ...billing, priceMicros: null, feeMicros: null })).toBe(
      'Billed 2 segments',
    );
    expect(
      billingWords({ segments: null, priceMicros: null, feeMicros: null, currency: 'USD' }),
    ).toBeNull();
  });

  it('says where the carrier counted otherwise', () => {
    expect(countedOtherwise(billing, 2)).toBeNull();
    expect(countedOtherwise({ ...billing, segments: null }, 2)).toBeNull();
    expect(countedOtherwise(billing, 1)).toBe(
      'The carrier billed 2 segments; by our count it is 1 segment.',
    );
  });
});

describe('timeAgo', () => {
  const now = 1_760_000_000_000;
  it.each([
    [0, 'just now'],
    [59_000, 'just now'],
    [60_000, '1 minute ago'],
    [3 * 60_000 + 30_000, '3 minutes ago'],
    [3_600_000, '1 hour ago'],
    [86_400_000, 'yesterday'],
    [5 * 86_400_000, '5 days ago'],
    [-5_000, 'just now'],
  ])('says of %i milliseconds ago: %s', (ago, words) => {
    expect(timeAgo(now - ago, now)).toBe(words);
  });
});

describe('the words of a connection', () => {
  it('tell every road in, and what it means', () => {
    expect(inboundRoadSchema.options.map((road) => roadWords[road])).toEqual([
      'Webhook',
      'Asks the carrier every 15 s',
      'Standing session',
      'Cannot receive',
    ]);
    const advice = inboundRoadSchema.options.map((inboundRoad) =>
      roadAdvice(makeConnection({ inboundRoad, publicUrl: null })),
    );
    expect(new Set(advice).size).toBe(4);
    expect(roadAdvice(makeConnection())).toContain('calls the public address');
    for (const inboundRoad of ['polling', 'none'] as const)
      expect(roadAdvice(makeConnection({ inboundRoad, hooks: [] }))).not.toContain(
        'public address',
      );
  });

  it('never speak of a text, nor of anything going out again, where the carrier was only asked', () => {
    for (const kind of [
      'network',
      'no-answer',
      'rate-limited',
      'not-allowed',
      'expired',
    ] as const) {
      const { sentence, cure } = askingWords({ kind, raw: null });
      expect(`${sentence} ${cure}`).not.toMatch(/text|goes out|send/u);
    }
    for (const kind of failureKindSchema.options)
      expect(askingWords({ kind, raw: null }).sentence).toMatch(/\.$/u);
  });

  it('tell what a carrier can do', () => {
    const able = {
      ...usualCapabilities,
      label: '',
      about: '',
      credentials: [],
      mms: true,
      senderTypes: [],
      media: null,
    };
    expect(abilityWords(able)).toEqual(['Pictures (MMS)', 'Receipts', 'Signed webhooks']);
    expect(
      abilityWords({
        ...able,
        mms: false,
        hooks: [],
        keepsSession: true,
        deliveryReceipts: false,
        listsMessages: true,
        listsNumbers: true,
        buysNumbers: true,
        listsCalls: true,
      }),
    ).toEqual(['Standing session', 'Lists past texts', 'Lists numbers', 'Sells numbers', 'Calls']);
    expect(abilityWords({ ...able, signedWebhooks: false })).toContain(
      'Webhooks at a secret address',
    );
  });
});

describe('addresses', () => {
  it('are whole, or say what is wrong', () => {
    for (const good of ['', '  ', 'https://texts.example', 'http://127.0.0.1:80/x'])
      expect(addressProblem(good)).toBeNull();
    for (const bad of ['texts.example', 'ftp://texts.example', 'https://', 'javascript:alert(1)'])
      expect(addressProblem(bad)).not.toBeNull();
  });

  it('are on this machine or not', () => {
    for (const here of [
      'http://127.0.0.1:1',
      'http://localhost/x',
      'http://[::1]:8',
      'http://127.9.9.9',
    ])
      expect(isOnThisMachine(here)).toBe(true);
    for (const away of ['', 'x', 'https://127.0.0.1.example', 'https://example.com'])
      expect(isOnThisMachine(away)).toBe(false);
  });
});

describe('the webhooks of a connection', () => {
  it('can be called where there is an address that leads here, and something to call for', () => {
    const away = { publicUrl: null, inboundRoad: 'polling' } as const;
    expect(isReachable(makeConnection())).toBe(true);
    expect(isReachable(makeConnection(away))).toBe(false);
    expect(isReachable(makeConnection({ ...away, baseUrl: 'http://127.0.0.1:1' }))).toBe(true);
    expect(isReachable(makeConnection({ publicUrl: null }))).toBe(true);
    expect(isReachable(makeConnection({ inboundRoad: 'polling' }))).toBe(true);
    expect(isReachable(makeConnection({ hooks: [] }))).toBe(false);
  });
});

describe('where the texts of a number go', () => {
  const connection = makeConnection();
  const url = connection.hooks[0]?.url ?? '';

  it('is here whatever is added to the address, elsewhere, or not told', () => {
    expect(hookStanding({ hookUrl: url }, connection)).toBe('here');
    expect(hookStanding({ hookUrl: `${url}?ref=1#x` }, connection)).toBe('here');
    expect(hookStanding({ hookUrl: `${url}/` }, connection)).toBe('here');
    expect(hookStanding({ hookUrl: `${url}0` }, connection)).toBe('elsewhere');
    expect(hookStanding({ hookUrl: null }, connection)).toBe('unknown');
    expect(hookStanding({ hookUrl: '' }, connection)).toBe('unknown');
  });
});

describe('numbers', () => {
  it('are of the type their digits tell', () => {
    expect(
      ['+12065550142', '+18005550117', '72345', '+442079460958'].map((number) =>
        likelyType(number),
      ),
    ).toEqual(['10dlc', 'toll-free', 'short-code', 'other']);
  });

  it('have a name only where it is not their own digits', () => {
    const number = '+12065550142';
    for (const label of [null, '', ' ', '+12065550142', '(206) 555-0142', '2065550142'])
      expect(nameOf({ number, label })).toBeNull();
    expect(nameOf({ number, label: 'Front desk' })).toBe('Front desk');
    expect(nameOf({ number, label: 'Line 0142' })).toBe('Line 0142');
    expect(nameOf({ number, label: '2' })).toBeNull();
    expect(nameOf({ number, label: '7' })).toBe('7');
  });

  it('keep names, choices and what was written by hand when they are told anew', () => {
    const first = withFound([], [makeNumber('+12065550150'), makeNumber('+12065550151')]);
    const renamed = first.map((line) => ({ ...line, label: 'Mine', isChosen: false }));
    const more = withWritten(renamed, { number: '+12065550199', numberType: 'other' });
    const again = withFound(more, [makeNumber('+12065550150'), makeNumber('+12065550152')]);
    expect(again.map(({ number, label, isChosen }) => [number, label, isChosen])).toEqual([
      ['+12065550150', 'Mine', false],
      ['+12065550152', '(206) 555-0152', true],
      ['+12065550199', '(206) 555-0199', true],
    ]);
  });

  it('written twice are one', () => {
    const written = { number: '+12065550199', numberType: 'other' } as const;
    expect(withWritten(withWritten([], written), written)).toHaveLength(1);
  });

  it('without a name go by their digits', () => {
    const [line] = withWritten([], { number: '+12065550199', numberType: 'other' });
    expect(line && chosenLines([{ ...line, label: '  ' }])).toEqual([
      { number: '+12065550199', numberType: 'other', label: '(206) 555-0199' },
    ]);
  });
});

describe('what a number costs', () => {
  const offer = {
    number: '+12065550130',
    numberType: '10dlc',
    place: null,
    sms: true,
    mms: true,
    setupMicros: null,
    monthlyMicros: null,
  } as const;

  it('is told as far as the carrier tells it', () => {
    expect(priceWords(offer)).toBeNull();
    expect(priceWords({ ...offer, monthlyMicros: 1_150_000, setupMicros: 0 })).toBe(
      '$1.15 a month',
    );
    expect(priceWords({ ...offer, monthlyMicros: 0 })).toBe('$0.00 a month');
    expect(priceWords({ ...offer, setupMicros: 1_000_000 })).toBe('$1.00 once for set-up');
  });
});

describe('what is written into the fields of a carrier', () => {
  const field = { label: '', hint: '', secret: false, optional: true };

  it('loses spaces around it and empty fields, except within a key of several lines', () => {
    const fields = [
      { ...field, name: 'a' },
      { ...field, name: 'b' },
      { ...field, name: 'key', multiline: true },
    ];
    expect(writtenFields(fields, { a: ' x ', b: '  ', key: '-----\nk\n', other: 'y' })).toEqual({
      a: 'x',
      key: '-----\nk\n',
    });
  });
});

describe('the name of a further account', () => {
  it('is one that is free', () => {
    expect(freeLabel('Twilio', [])).toBe('Twilio');
    expect(freeLabel('Twilio', ['Twilio', 'Twilio 2'])).toBe('Twilio 3');
  });
});
