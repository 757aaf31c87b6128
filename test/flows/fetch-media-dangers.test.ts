import { describe, expect, test, vi } from 'vitest';

import { readStored } from '#main/media/store.ts';
import {
  ended,
  fetching,
  firstOf,
  give,
  mediaOf,
  pictureServer,
} from '#test/fakes/picture-road.ts';
import { png, wav } from '#test/fixtures/media-bytes.ts';

describe('a picture elsewhere', () => {
  test('that its address leads to is fetched without our credentials, where it may be', async () => {
    const store = await pictureServer(give('image/png', png(4, 3)));
    const server = await pictureServer((_request, response) =>
      response.writeHead(302, { location: `${store.url}/signed` }).end(),
    );
    const { desk } = fetching([server.url, `${store.url}/other`]);
    await vi.waitFor(() => expect(mediaOf(desk)[0]?.state).toBe('stored'));
    const signed = store.asked.find(({ url }) => url === '/signed');
    expect(signed?.headers).not.toHaveProperty('authorization');
    expect(server.asked[0]?.headers).toHaveProperty('authorization');
  });

  test.each(['loopback', 'https://169.254.169.254/latest', 'file:///etc/passwd'])(
    'is not fetched where its address leads to %s',
    async (where) => {
      const inner = await pictureServer(give('image/png', png(4, 3)));
      const location = where === 'loopback' ? `${inner.url}/admin` : where;
      const server = await pictureServer((_request, response) =>
        response.writeHead(302, { location }).end(),
      );
      const { desk } = fetching([server.url]);
      expect(await ended(desk)).toMatchObject({
        state: 'failed',
        problem: 'Its address is not one that this connection may fetch from.',
      });
      expect(inner.asked).toEqual([]);
    },
  );
});

describe('a file that is not what it is said to be', () => {
  test('a page sent as a picture is kept, and never shown as one', async () => {
    const page = Buffer.from('<html><script>alert(1)</script></html>');
    const server = await pictureServer(give('image/png', page));
    const { desk } = fetching([server.url], { type: 'image/png' });
    expect(await ended(desk)).toMatchObject({
      state: 'stored',
      type: 'application/octet-stream',
      size: page.byteLength,
      width: null,
    });
  });

  test('nor is a picture that the server calls a page, or the carrier a sound', async () => {
    const server = await pictureServer(give('text/html', png(4, 3)));
    const asPage = fetching([server.url]);
    expect(await ended(asPage.desk)).toMatchObject({ type: 'application/octet-stream' });
    const plain = await pictureServer(give('application/octet-stream', png(4, 3)));
    const asSound = fetching([plain.url], { type: 'audio/amr' });
    expect(await ended(asSound.desk)).toMatchObject({ type: 'application/octet-stream' });
  });

  test('a sound is a sound', async () => {
    const server = await pictureServer(give('audio/x-wav', wav()));
    const { desk } = fetching([server.url], { type: 'audio/wav' });
    expect(await ended(desk)).toMatchObject({ state: 'stored', type: 'audio/wav', width: null });
  });

  test('a picture of 900 million pixels is refused, and nothing of it is kept', async () => {
    const server = await pictureServer(give('image/png', png(30_000, 30_000)));
    const { desk } = fetching([server.url], { type: 'image/png' });
    expect(await ended(desk)).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/30,000 × 30,000/),
    });
    expect(readStored(desk.dataFolder, firstOf(desk)?.id ?? '')).toBeNull();
  });
});
