import { inflateSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { startSandboxCarrier } from '#main/sandbox-carrier/start-sandbox-carrier.ts';
import { RawServer } from '#test/fakes/raw-server.ts';
import { SandboxDesk, ours, sandboxOptions } from '#test/fakes/sandbox-desk.ts';

const to = '+15550100106';

describe('sending', () => {
  test('answers 202 with an id, the state and the reference', async () => {
    await using desk = await SandboxDesk.open();
    const { status, body } = await desk.send(to, { reference: 'r-1' });
    expect(status).toBe(202);
    expect(body).toEqual({
      id: expect.stringMatching(/^msg_[0-9a-f]{24}$/),
      status: 'accepted',
      reference: 'r-1',
    });
  });

  test.each([
    ['an unknown field', { colour: 'red' }, 'colour'],
    ['no recipient', { to: undefined }, 'to'],
    ['no sender', { from: undefined }, 'from'],
    ['no text', { text: undefined }, 'text'],
    ['no reference', { reference: undefined }, 'reference'],
    ['a reference too long', { reference: 'r'.repeat(65) }, 'reference'],
    ['a text that is a number', { text: 7 }, 'text'],
    ['a text that is too long', { text: 'é'.repeat(1_601) }, 'text'],
    ['an empty text without a picture', { text: '' }, 'text'],
    ['a recipient without +', { to: '15550100106' }, 'to'],
    ['a recipient of letters', { to: '+1555CALLNOW' }, 'to'],
    ['a recipient too long', { to: '+1555010010612345' }, 'to'],
    ['a recipient with +0', { to: '+05550100106' }, 'to'],
    ['a picture that is no address', { media_urls: ['cat.png'] }, 'media_urls.0'],
    ['a picture of another scheme', { media_urls: ['file:///etc/passwd'] }, 'media_urls.0'],
  ])('refuses %s with 400 and names the field', async (_what, more, field) => {
    await using desk = await SandboxDesk.open();
    const { status, body } = await desk.send(to, more);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'invalid_request', field } });
    expect(JSON.stringify(body)).toContain(`${field}: `);
    expect(await desk.list()).toEqual([]);
  });

  test.each([
    ['an empty body', ''],
    ['not JSON', '{"from":'],
    ['a body nested 10,000 deep', '['.repeat(10_000)],
  ])('refuses %s with 400', async (_what, body) => {
    await using desk = await SandboxDesk.open();
    const answer = await desk.call('POST', '/v1/messages', { body });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_json' } } });
  });

  test('refuses a body of more than 256 KiB with 413', async () => {
    await using desk = await SandboxDesk.open();
    expect((await desk.send(to, { text: 'x'.repeat(300_000) })).status).toBe(413);
  });

  test('takes a text of 1,600 units, and a picture without words', async () => {
    await using desk = await SandboxDesk.open();
    expect((await desk.send(to, { text: '😀'.repeat(800) })).status).toBe(202);
    const picture = { text: '', media_urls: ['http://127.0.0.1:9/cat.png'] };
    expect((await desk.send(to, picture)).status).toBe(202);
    expect((await desk.list())[0]).toMatchObject(picture);
  });

  test('refuses a sender that is not of the account with 403', async () => {
    await using desk = await SandboxDesk.open();
    const { status, body } = await desk.send(to, { from: '+15550109999' });
    expect(status).toBe(403);
    expect(body).toMatchObject({ error: { code: 'unknown_sender', field: 'from' } });
  });

  test('the same reference sent twice is two texts, so that a double send shows', async () => {
    await using desk = await SandboxDesk.open();
    const ids = [];
    for (let turn = 0; turn < 2; turn += 1)
      ids.push((await desk.send(to, { reference: 'same' })).body['id']);
    expect(new Set(ids).size).toBe(2);
    expect(await desk.list()).toMatchObject([{ reference: 'same' }, { reference: 'same' }]);
  });
});

describe('the API key', () => {
  test.each(['', 'wrong', 'key-for-the-sandbox2', 'key-for-the-sandbo'])(
    '"%s" is refused with 401 everywhere',
    async (key) => {
      await using desk = await SandboxDesk.open();
      for (const path of ['/v1/messages', '/v1/numbers', '/v1/media/x.png', '/nothing'])
        expect((await desk.call('GET', path, { key })).status).toBe(401);
      expect((await desk.call('POST', '/v1/messages', { key, body: '{}' })).status).toBe(401);
    },
  );
});

describe('the list', () => {
  test('is newest first and narrows by sender, recipient and time', async () => {
    await using desk = await SandboxDesk.open();
    await desk.send(to, { text: 'one' });
    await desk.send('+15550100206', { text: 'two' });
    await desk.send(to, { text: 'three', from: '+15550100002' });
    const texts = async (query: string): Promise<unknown[]> =>
      (await desk.list(query)).map((each) => each['text']);
    expect(await texts('')).toEqual(['three', 'two', 'one']);
    expect(await texts(`?to=${encodeURIComponent(to)}`)).toEqual(['three', 'one']);
    expect(await texts(`?from=${encodeURIComponent(ours)}`)).toEqual(['two', 'one']);
    const from = encodeURIComponent('+15550100002');
    expect(await texts(`?from=${from}&to=${encodeURIComponent(to)}`)).toEqual(['three']);
    const ahead = new Date(Date.now() + 60_000).toISOString();
    expect(await texts(`?since=${ahead}`)).toEqual([]);
    const created = String((await desk.list())[2]?.['created_at']);
    expect(await texts(`?since=${created}`)).toEqual(['three', 'two', 'one']);
  });

  test('comes in pages', async () => {
    await using desk = await SandboxDesk.open();
    for (const text of ['1', '2', '3', '4', '5']) await desk.send(to, { text });
    const texts: unknown[] = [];
    let cursor = '';
    for (let page = 0; page < 4; page += 1) {
      const { body } = await desk.call('GET', `/v1/messages?limit=2${cursor}`);
      texts.push(...(body['data'] as { text: string }[]).map((each) => each.text));
      if (body['next'] === null) break;
      cursor = `&cursor=${String(body['next'])}`;
    }
    expect(texts).toEqual(['5', '4', '3', '2', '1']);
  });

  test.each(['colour=red', 'since=yesterday', 'limit=-1', 'cursor=x'])(
    'refuses ?%s with 400',
    async (query) => {
      await using desk = await SandboxDesk.open();
      const { status, body } = await desk.call('GET', `/v1/messages?${query}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ error: { field: query.split('=')[0] } });
    },
  );
});

test('the numbers of the account', async () => {
  await using desk = await SandboxDesk.open();
  const { body } = await desk.call('GET', '/v1/numbers');
  expect(body).toEqual({
    data: [
      { number: ours, mms: true },
      { number: '+15550100002', mms: true },
    ],
  });
});

describe('media', () => {
  const fetchMedia = async (url: string, key = 'key-for-the-sandbox'): Promise<Response> =>
    await fetch(url, { headers: { authorization: `Bearer ${key}` } });

  test('a picture is a PNG that decodes to its full size, for the customer alone', async () => {
    await using desk = await SandboxDesk.open();
    await desk.send('+15550100109');
    await desk.receiver.waitFor(3);
    const told = desk.receiver.bodies<{ message: { media?: { url: string }[] } }>();
    const url = told[2]?.message.media?.[0]?.url ?? '';
    expect((await fetchMedia(url, 'wrong')).status).toBe(401);
    const response = await fetchMedia(url);
    expect(response.headers.get('content-type')).toBe('image/png');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    const data = bytes.indexOf('IDAT');
    const length = bytes.readUInt32BE(data - 4);
    const pixels = inflateSync(bytes.subarray(data + 4, data + 4 + length));
    expect(pixels.length).toBe(height * (1 + 3 * width));
    expect(new Set(pixels).size).toBeGreaterThan(20);
  });

  test('a voicemail is a WAV of as many seconds as were told', async () => {
    await using desk = await SandboxDesk.open();
    await desk.send('+15550100112');
    await desk.receiver.waitFor(4);
    const told = desk.receiver.bodies<{ seconds?: number; recording?: { url: string } }>()[3];
    const response = await fetchMedia(told?.recording?.url ?? '');
    expect(response.headers.get('content-type')).toBe('audio/wav');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    const seconds = bytes.readUInt32LE(40) / bytes.readUInt32LE(28);
    expect(seconds).toBe(told?.seconds);
  });

  test.each(['never-sent.png', '..%2f..%2fetc%2fpasswd', ''])('"%s" is 404', async (file) => {
    await using desk = await SandboxDesk.open();
    expect((await fetchMedia(`${desk.carrier.url}/v1/media/${file}`)).status).toBe(404);
  });
});

test('paths nobody knows are 404, however they are written', async () => {
  await using desk = await SandboxDesk.open();
  expect((await desk.call('GET', '/v2/messages')).status).toBe(404);
  expect((await desk.call('DELETE', '/v1/messages')).status).toBe(404);
  expect((await desk.call('GET', '//')).status).toBe(404);
});

describe('starting', () => {
  test('a port that is taken is named', async () => {
    await using taken = await RawServer.start();
    await expect(startSandboxCarrier(sandboxOptions({ port: taken.port }))).rejects.toThrow(
      `port ${taken.port} of 127.0.0.1 is taken`,
    );
  });

  test.each([
    ['speed', { speed: 0 }],
    ['speed', { speed: Number.NaN }],
    ['port', { port: 70_000 }],
    ['numbers.0', { numbers: ['555'] }],
    ['dataFile', { dataFile: '' }],
  ])('a wrong %s is named', async (field, more) => {
    await expect(startSandboxCarrier(sandboxOptions(more))).rejects.toThrow(`option ${field} `);
  });

  test('an empty secret is named and no value is quoted', async () => {
    const account = { id: 'a', apiKey: 'hush-hush', webhookSecret: '', webhookUrl: null };
    const starting = startSandboxCarrier(sandboxOptions({ account }));
    await expect(starting).rejects.toThrow('option account.webhookSecret must not be empty');
  });
});
