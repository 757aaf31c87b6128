import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { domain } from '#test/carriers/sip-carrier.ts';
import { carrierCertificate } from '#test/carriers/sip-doors.ts';
import { type Program, findProgram } from '#test/fakes/find-program.ts';
import { Kamailio } from '#test/fakes/kamailio.ts';
import { closedPort } from '#test/fakes/raw-server.ts';
import { runSipp } from '#test/fakes/run-sipp.ts';

import { SipEnd } from './sip-end.ts';

const kamailioProgram = findProgram('kamailio', [
  'kamailio',
  'kamailio-tls-modules',
  'kamailio-extra-modules',
  'kamailio-websocket-modules',
]);
const sippProgram = findProgram('sipp', ['sip-tester']);
const password = 's3cret';
const fixture = (name: string): string => new URL(`../fixtures/${name}`, import.meta.url).pathname;

const titled = (title: string, ...programs: readonly Program[]): string =>
  [title, ...programs.map((each) => (each.found ? '' : ` – skipped: ${each.why}`))].join('');

async function startKamailio(algorithm: 'MD5' | 'SHA-256'): Promise<Kamailio> {
  if (!kamailioProgram.found) throw new Error('not installed');
  return await Kamailio.start({
    program: kamailioProgram.path,
    algorithm,
    password,
    key: fixture('self-signed-key.pem'),
    certificate: fixture('self-signed-certificate.pem'),
  });
}

type Way = 'udp' | 'tcp' | 'tls' | 'ws' | 'wss';

function credentialsAt(
  { port, tlsPort }: Kamailio,
  way: Way,
  username: string,
): Record<string, string> {
  const account = { domain, username, password, numberFormat: 'e164', tlsCa: carrierCertificate };
  if (way === 'ws' || way === 'wss') {
    const wssUrl = `${way}://127.0.0.1:${way === 'ws' ? port : tlsPort}/`;
    return { ...account, transport: 'wss', wssUrl };
  }
  return { ...account, transport: way, server: `127.0.0.1:${way === 'tls' ? tlsPort : port}` };
}

const [ann, bob, carol] = ['15550100001', '15550100002', '15550100003'] as const;

describe.skipIf(!kamailioProgram.found)(titled('Kamailio', kamailioProgram), () => {
  describe.each(['MD5', 'SHA-256'] as const)('that wants %s', (algorithm) => {
    let kamailio: Kamailio;
    beforeAll(async () => {
      kamailio = await startKamailio(algorithm);
    });
    afterAll(() => kamailio[Symbol.asyncDispose]());

    test.each([
      ['udp', 'tcp'],
      ['tls', 'udp'],
      ['ws', 'tls'],
      ['tcp', 'wss'],
    ] as const)('registers %s and %s and carries texts both ways', async (first, second) => {
      await using one = await SipEnd.open(credentialsAt(kamailio, first, ann), `+${ann}`);
      await using other = await SipEnd.open(credentialsAt(kamailio, second, bob), `+${bob}`);
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const)
        for (const text of ['Grüße 👋', '\r\n\r\nMESSAGE sip:x SIP/2.0\r\n'])
          expect(await from.send(to.number, text)).toMatchObject({ kind: 'accepted' });
      for (const [at, from] of [
        [one, other],
        [other, one],
      ] as const)
        expect(await at.received(2)).toMatchObject([
          { kind: 'text-received', from: from.number, to: at.number, text: 'Grüße 👋' },
          { kind: 'text-received', text: '\r\n\r\nMESSAGE sip:x SIP/2.0\r\n' },
        ]);
    });

    test('knows a good login from a bad one, and a number from none', async () => {
      const credentials = credentialsAt(kamailio, 'tls', ann);
      await using end = await SipEnd.open(credentials, `+${ann}`);
      expect(await end.adapter.testCredentials(5_000)).toMatchObject({ kind: 'told' });
      await using wrong = SipEnd.unopened({ ...credentials, password: 'wrong' }, `+${ann}`);
      expect(await wrong.adapter.testCredentials(5_000)).toMatchObject({
        kind: 'not-told',
        failure: { kind: 'credentials' },
      });
      expect(await end.send('+15550100099', 'Hi')).toEqual({
        kind: 'refused',
        failure: { kind: 'unknown-number', raw: '404: Not Found' },
      });
    });

    test('after a text out it hears no more of one who said goodbye', async () => {
      await using one = await SipEnd.open(credentialsAt(kamailio, 'tcp', ann), `+${ann}`);
      const other = await SipEnd.open(credentialsAt(kamailio, 'tcp', bob), `+${bob}`);
      expect(await one.send(other.number, 'Hi')).toMatchObject({ kind: 'accepted' });
      await other[Symbol.asyncDispose]();
      expect(await one.send(other.number, 'Hi')).toMatchObject({
        kind: 'refused',
        failure: { kind: 'unknown-number' },
      });
    });
  });

  test('a Kamailio that was started anew is registered with anew', async () => {
    await using kamailio = await startKamailio('SHA-256');
    await using end = await SipEnd.open(credentialsAt(kamailio, 'tls', ann), `+${ann}`);
    await kamailio.end();
    await end.untilState('trouble');
    await kamailio.run();
    await end.untilState('ok', end.states.length - 1);
    expect(await end.send(end.number, 'to myself')).toMatchObject({ kind: 'accepted' });
    expect(await end.received(1)).toMatchObject([{ text: 'to myself', from: end.number }]);
  });
});

const both = kamailioProgram.found && sippProgram.found;

describe.skipIf(!both)(titled('SIPp behind Kamailio', kamailioProgram, sippProgram), () => {
  const request = (method: string, to: string, more: string): string => `
    <send retrans="500"><![CDATA[
      ${method} sip:${to} SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport
      Max-Forwards: 70
      From: <sip:[service]@${domain}>;tag=[call_number]
      To: <sip:${method === 'REGISTER' ? `[service]@${domain}` : to}>
      Call-ID: [call_id]
      CSeq: [cseq] ${method}
      ${more}
      Content-Length: [len]

      ${method === 'MESSAGE' ? 'Hello from SIPp' : ''}
    ]]></send>`;
  const scenario = (steps: string): string =>
    `<?xml version="1.0" encoding="ISO-8859-1" ?><scenario name="x">${steps}</scenario>`;
  const ok = '<recv response="200"/>';

  test('a text to a phone of SIPp, and one from it', async () => {
    if (!sippProgram.found) throw new Error('not installed');
    await using kamailio = await startKamailio('MD5');
    await using end = await SipEnd.open(credentialsAt(kamailio, 'udp', ann), `+${ann}`);
    const phone = await closedPort();
    const to = `127.0.0.1:${kamailio.port}`;
    const run = { program: sippProgram.path, user: carol, password, to };
    const contact = `Contact: <sip:[service]@127.0.0.1:${phone}>;expires=60`;
    const registers = scenario(
      `${request('REGISTER', domain, contact)}<recv response="401" auth="true"/>${request('REGISTER', domain, `${contact}\n      [authentication]`)}${ok}`,
    );
    const registered = await runSipp(registers, { ...run, port: phone });
    expect(registered.code, registered.said).toBe(0);

    const waits = scenario(`<recv request="MESSAGE"><action>
      <ereg regexp="^Your table is ready" search_in="body" check_it="true" assign_to="1"/>
      <ereg regexp="text/plain;charset=UTF-8" search_in="hdr" header="Content-Type:" check_it="true" assign_to="2"/>
      </action></recv><Reference variables="1,2"/>
      <send><![CDATA[
        SIP/2.0 200 OK
        [last_Via:]
        [last_From:]
        [last_To:];tag=[call_number]
        [last_Call-ID:]
        [last_CSeq:]
        Content-Length: 0

      ]]></send>`);
    const waiting = runSipp(waits, { ...run, to: null, port: phone });
    await pause(500);
    expect(await end.send(`+${carol}`, 'Your table is ready')).toMatchObject({ kind: 'accepted' });
    const heard = await waiting;
    expect(heard.code, heard.said).toBe(0);

    const target = `${ann}@${domain}`;
    const type = 'Content-Type: text/plain';
    const texts = scenario(
      `${request('MESSAGE', target, type)}<recv response="407" auth="true"/>${request('MESSAGE', target, `${type}\n      [authentication]`)}${ok}`,
    );
    const sent = await runSipp(texts, { ...run, port: await closedPort() });
    expect(sent.code, sent.said).toBe(0);
    expect(await end.received(1)).toMatchObject([
      {
        kind: 'text-received',
        from: `+${carol}`,
        to: `+${ann}`,
        text: expect.stringContaining('Hello from SIPp'),
      },
    ]);
  });
});
