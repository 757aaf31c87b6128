import { describe, expect, test } from 'vitest';

import { findContent } from '#shared/compliance/find-content.ts';
import { findLinks, hostOf } from '#shared/compliance/find-links.ts';
import { findingsOf, judgeContent } from '#shared/compliance/judge-content.ts';
import type { SendFacts } from '#shared/compliance/judge.ts';
import { usualPolicy } from '#shared/compliance/line-policy.ts';
import { readNumber } from '#shared/phone/read-number.ts';

const rulesIn = (text: string, opensMarketing = false): string[] =>
  findContent({ text, opensMarketing }).map(({ rule }) => rule);

describe('links', () => {
  test.each([
    ['See https://example.com/a.', ['https://example.com/a']],
    ['(see example.com)', ['example.com']],
    ['hello.My name is Ann', []],
    ['mail ann@example.com', []],
    ['at 8.30, or 3.5 miles', []],
    ['HTTPS://EXAMPLE.COM/X, then www.example.org!', ['HTTPS://EXAMPLE.COM/X', 'www.example.org']],
    ['https://bank.com@evil.io/x', ['https://bank.com@evil.io/x']],
    ['“https://example.com”', ['https://example.com']],
  ])('%s', (text, found) => {
    expect(findLinks(text).map(({ from, to }) => text.slice(from, to))).toEqual(found);
  });

  test('of a host neither who nor port is part', () => {
    expect(findLinks('https://a@EVIL.io:8443/x').map(hostOf)).toEqual(['evil.io']);
  });
});

describe('shorteners', () => {
  test.each([
    'bit.ly/x',
    'https://bit.ly/3abc',
    'http://www.tinyurl.com/a',
    'T.CO/abc',
    'Go to is.gd/1.',
  ])('named: %s', (text) => expect(rulesIn(text)).toEqual(['shortener']));
  test.each([
    'https://acme.link/x',
    'https://notbit.ly.example.com',
    'https://habit.ly/x',
    'a bit. ly',
  ])('not named: %s', (text) => expect(rulesIn(text)).toEqual([]));
});

describe('shapes of phishing', () => {
  test.each([
    'https://192.168.4.20/login',
    'https://bank.com@evil.io/',
    'https://xn--pypal-4ve.com/a',
    'https://pаypal.com/a',
    'https://example.com:8443/x',
    'https://example.com/setup.apk',
    'Urgent: verify your account at https://example.com',
  ])('named: %s', (text) => expect(rulesIn(text)).toEqual(['phishing']));
  test.each([
    'Your order: https://example.com:443/orders/1',
    'Urgent: please call the office',
    'Forgot your password? Call us',
    'Log in at https://example.com to see your bill',
    'Version 1.2.3.4 is out',
  ])('not named: %s', (text) => expect(rulesIn(text)).toEqual([]));
});

describe('what carriers refuse', () => {
  test.each([
    'Vodka at half price tonight',
    'Beer and wine for everybody',
    'Fresh CBD gummies in stock',
    'New vapes just in',
    'AR-15 ammo on sale',
    'Hot girls near you',
  ])('named: %s', (text) => expect(rulesIn(text)).toContain('shaft'));
  test.each([
    'Gun violence hotline: call 988',
    'Sex education class moved to room 4',
    'Cigarette butts clean-up on Saturday',
    'Mr. Cocks will see you at 3',
    'Meet us in Essex',
    'The Scunthorpe office is open',
    'Weed control and lawn care from $40',
    'Happy hour from 5 to 7',
    'One beer on the house',
    'Root beer floats today, and a wine rack on sale',
    'Bring your nail gun and staple gun',
    'Help to quit smoking: nicotine patches free',
  ])('not named: %s', (text) => expect(rulesIn(text)).toEqual([]));

  test('says where, in words', () => {
    const text = 'Tonight: Tequila!';
    expect(findContent({ text, opensMarketing: false })).toEqual([
      { rule: 'shaft', from: 9, to: 16, words: 'Carriers refuse texts about alcohol: “Tequila”.' },
    ]);
  });
});

test('a first marketing text says how to end it', () => {
  expect(rulesIn('Sale on Friday', true)).toEqual(['opt-out-wording']);
  expect(rulesIn('Meet us at the bus stop', true)).toEqual(['opt-out-wording']);
  expect(rulesIn('Sale on Friday. Reply STOP to opt out', true)).toEqual([]);
  expect(rulesIn('Sale on Friday. Text “STOP” to end', true)).toEqual([]);
});

const facts = (more: Partial<SendFacts> = {}): SendFacts => ({
  text: 'See bit.ly/x',
  mediaCount: 0,
  to: readNumber('+12065550142'),
  from: '+15550100001',
  maxTextUnits: 1_600,
  lineIsConnected: true,
  purpose: 'outreach',
  policy: { ...usualPolicy, content: 'refuse' },
  ...more,
});

test('the line decides whether that is a warning or a refusal, and a reason overrules it', () => {
  expect(judgeContent(facts())).toMatchObject({ kind: 'refused', field: 'text', who: 'agent' });
  expect(judgeContent(facts({ policy: usualPolicy }))).toBeNull();
  expect(findingsOf(facts({ policy: usualPolicy }))).toHaveLength(1);
  expect(judgeContent(facts({ overruled: ['content'] }))).toBeNull();
  expect(judgeContent(facts({ purpose: 'legal' }))).toBeNull();
});
