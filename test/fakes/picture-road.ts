import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, onTestFinished, vi } from 'vitest';

import { listMedia } from '#main/history/media.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { fetchMedia } from '#main/inbound/fetch-media.ts';

import { deliveryOf } from './fake-carrier.ts';
import { type HistoryDesk, historyDesk, ourNumber } from './history-desk.ts';

export type Serve = (request: IncomingMessage, response: ServerResponse) => void;
export type Pictures = { readonly url: string; readonly asked: IncomingMessage[] };

/** A server of pictures on loopback; it remembers what it was asked. */
export async function pictureServer(serve: Serve): Promise<Pictures> {
  const asked: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request);
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

export const give =
  (type: string, bytes: Uint8Array): Serve =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': type }).end(bytes);

export const shortLimits = { parallel: 4, maxBytes: 200_000, deadlineMs: 400 };
let running = 0;

/** A text with these pictures has come in and the fetching has begun. */
export function fetching(
  urls: readonly string[],
  { type = null as string | null, limits = shortLimits } = {},
) {
  const desk = historyDesk();
  desk.carrier.media = {
    origins: urls.map((url) => new URL(url).origin),
    headers: { authorization: 'Basic s3cret' },
  };
  running += 1;
  const text = {
    kind: 'text-received',
    providerMessageId: `m${running}`,
    from: '+15550100100',
    to: ourNumber,
    text: 'Look',
    media: urls.map((url) => ({ url, type })),
    part: null,
    sentAt: null,
  } as const;
  acceptDelivery(desk, { log: 'relay', seq: 1, raw: deliveryOf(text) });
  const repeating = fetchMedia(desk, limits);
  onTestFinished(() => repeating.stop());
  repeating.wake();
  return { desk, repeating };
}

export function mediaOf(desk: HistoryDesk) {
  const entry = desk.toldAs('entry.added')[0]?.entry;
  if (entry === undefined) throw new Error('nothing came in');
  return listMedia(desk.db, entry.id);
}
export const firstOf = (desk: HistoryDesk) => mediaOf(desk)[0];

/** Waits in real time until the picture is stored or given up. */
export async function ended(desk: HistoryDesk) {
  await vi.waitFor(() => expect(firstOf(desk)?.state).not.toBe('fetching'), { timeout: 40_000 });
  return firstOf(desk);
}
