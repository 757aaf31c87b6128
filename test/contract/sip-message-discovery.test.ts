import { expect, test } from 'vitest';

import { SipCarrier } from '#test/carriers/sip-carrier.ts';
import { makeCertificate } from '#test/fakes/make-certificate.ts';
import { NameServer } from '#test/fakes/name-server.ts';

import { SipDesk } from './sip-desk.ts';

/* The account stays one of sip.example.net; only where it registers is looked up. */
const registrar = 'trunk.example';

async function open(certificateFor: string) {
  const made = makeCertificate(certificateFor);
  const carrier = await SipCarrier.start(made);
  const records = {
    [`_sips._tcp.${registrar}`]: { target: 'localhost', port: carrier.port('tls') },
  };
  const names = await NameServer.start(records);
  const desk = await SipDesk.open(
    'tls',
    { registrar, server: '', tlsCa: made.cert },
    { carrier, register: false },
  );
  return { names, desk };
}

test('a server is found by its records, and believed by the name that was entered', async () => {
  const opened = await open(registrar);
  await using names = opened.names;
  await using desk = opened.desk;
  desk.keep();
  await desk.untilState('ok');
  expect(names.asked).toEqual([`${registrar} 35`, `_sips._tcp.${registrar} 33`]);
  expect(desk.carrier.heard[0]).toBe(`REGISTER sip:${registrar} SIP/2.0`);
});

test('a server that a record leads to and that shows its own name alone is not believed', async () => {
  const opened = await open('localhost');
  await using names = opened.names;
  await using desk = opened.desk;
  desk.keep();
  const { sentence } = await desk.untilState('trouble');
  expect(sentence).toMatch(
    /^The certificate of localhost:\d+ is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)\.$/,
  );
  expect(names.asked).toContain(`_sips._tcp.${registrar} 33`);
  expect(desk.carrier.heard).toEqual([]);
});

test('where there is no such record and no such host, it says so', async () => {
  await using names = await NameServer.start({});
  await using desk = await SipDesk.open(
    'tls',
    { server: 'no-such-host.invalid' },
    { register: false },
  );
  desk.keep();
  const { sentence } = await desk.untilState('trouble');
  expect(sentence).toMatch(/^no-such-host\.invalid:5061 cannot be reached \(E\w+\)\.$/);
  expect(names.asked).toHaveLength(2);
});
