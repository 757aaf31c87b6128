import { expect, test as alone } from 'vitest';

import type { Inbound } from '#test/carriers/sip-carrier.ts';

import { SipDesk } from './sip-desk.ts';

/* Most of these wait for something, so they wait together. */
const test = alone.concurrent;

const numbers = ['+15550100001', '+15550100003'];
const header = (name: string, value: string): Inbound => ({ headers: [[name, value]] });

test.each([
  ['X-SMS-To', {}, header('X-SMS-To', '15550100003'), '+15550100003'],
  [
    'X-SMS-To over what the request names',
    {},
    header('x-sms-to', '+1 (555) 010-0003'),
    '+15550100003',
  ],
  ['X-SMS-To of a number not listed yet', {}, header('X-SMS-To', '5550100009'), '+15550100009'],
  ['P-Called-Party-ID', {}, header('P-Called-Party-ID', '<sip:+15550100003@x>'), '+15550100003'],
  [
    'P-Called-Party-ID that holds an account',
    {},
    header('P-Called-Party-ID', '<sip:100123@x>'),
    '+15550100001',
  ],
  [
    'History-Info',
    {},
    header('History-Info', '<sip:15550100003@x>;index=1,<sip:a@b>;index=1.1'),
    '+15550100003',
  ],
  [
    'History-Info of others',
    {},
    header('History-Info', '<sip:15550100099@x>;index=1'),
    '+15550100001',
  ],
  ['a header of the profile', { didHeader: 'X-Did' }, header('X-DID', '72345'), '72345'],
  [
    'a header of the profile alone',
    { didHeader: 'X-Did' },
    header('X-SMS-To', '15550100003'),
    '+15550100001',
  ],
  ['the request, which is to the account', {}, {}, '+15550100001'],
] as const)('which number a text is to: %s', async (...[_what, more, inbound, to]) => {
  await using desk = await SipDesk.open('tcp', more, { numbers });
  desk.carrier.deliver(inbound);
  const [arrival] = await desk.untilArrived(1);
  expect(arrival && desk.read(arrival)).toMatchObject([{ to }]);
});

test('where nothing says which number a text is to, it is the only one, or it is kept for a person', async () => {
  for (const [own, to] of [
    [['+15550100003'], '+15550100003'],
    [['+15550100003', '+15550100004'], null],
    [[], null],
  ] as const) {
    await using desk = await SipDesk.open(
      'tcp',
      { username: 'shop', authUser: '15550100001' },
      { numbers: own },
    );
    desk.carrier.deliver({});
    expect(await desk.answers(1)).toEqual(['SIP/2.0 200 OK']);
    const [arrival] = desk.arrivals;
    if (arrival === undefined) throw new Error('nothing came');
    if (to === null) expect(() => desk.read(arrival)).toThrow(/which number of ours/);
    else expect(desk.read(arrival)).toMatchObject([{ to }]);
  }
});

test.each([
  [{ from: '5550100777' }, '+15550100777'],
  [{ from: '+442079460958' }, '+442079460958'],
  [{ from: '72345' }, '72345'],
  [{ from: '15550100777;npdi=yes' }, '+15550100777'],
  [{ from: '1-555-010-0777' }, '+15550100777'],
  [{ from: 'Shop' }, 'Shop'],
  [
    { from: 'anonymous', headers: [['P-Asserted-Identity', '"A" <sip:+15550100778@x>']] },
    '+15550100778',
  ],
  [
    { from: 'anonymous', headers: [['P-Asserted-Identity', '<tel:+1-555-010-0779>']] },
    '+15550100779',
  ],
] satisfies [Inbound, string][])('who a text is from: %o', async (inbound, from) => {
  await using desk = await SipDesk.open();
  desk.carrier.deliver(inbound);
  const [arrival] = await desk.untilArrived(1);
  expect(arrival && desk.read(arrival)).toMatchObject([{ from }]);
});
