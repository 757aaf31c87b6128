import { randomUUID } from 'node:crypto';

import { expect, test, vi } from 'vitest';

import { allAtWork } from '#test/carriers/whole/all-at-work.ts';
import { attachFile } from '#test/fakes/attach-file.ts';
import { WholeProgram } from '#test/fakes/whole-program.ts';
import { png } from '#test/fixtures/media-bytes.ts';

const soon = { timeout: 40_000 };
const to = '+15550100201';
const pictures = [png(20, 20), png(30, 20)];

/** The addresses of pictures in the body of a send, where each carrier's documentation wants them. */
const mediaIn: Readonly<Record<string, (body: string) => readonly string[]>> = {
  sandbox: (body) => (JSON.parse(body) as { media_urls: string[] }).media_urls,
  twilio: (body) => new URLSearchParams(body).getAll('MediaUrl'),
  telnyx: (body) => (JSON.parse(body) as { media_urls: string[] }).media_urls,
  flowroute(body) {
    type Attributes = { readonly is_mms: boolean; readonly media_urls: string[] };
    const { attributes } = (JSON.parse(body) as { data: { attributes: Attributes } }).data;
    return attributes.is_mms ? attributes.media_urls : [];
  },
  plivo(body) {
    const sent = JSON.parse(body) as { type: string; media_urls: string[] };
    return sent.type === 'mms' ? sent.media_urls : [];
  },
  vonage(body) {
    type Image = { readonly type: string; readonly url: string };
    const sent = JSON.parse(body) as { channel: string; image?: Image; content?: Image[] };
    const images = sent.image === undefined ? (sent.content ?? []) : [sent.image];
    return sent.channel === 'mms' ? images.map(({ url }) => url) : [];
  },
  'generic-http': (body) =>
    (JSON.parse(body) as { files: { url: string }[] }).files.map(({ url }) => url),
};

type Started = Awaited<ReturnType<typeof open>>;

async function open(name: string, isPublic: boolean) {
  const start = allAtWork[name];
  if (start === undefined) throw new Error(`no carrier ${name}`);
  return WholeProgram.open(start, { isPublic, overBadLine: true });
}

/** Sends so many pictures over the line of the connection; resolves with the addresses in the send that the carrier took. */
async function send(program: Started, count: number): Promise<readonly string[]> {
  const { caller } = program.running;
  const { lines } = await caller.call('overview.get', {});
  const line = lines.find(({ number }) => number === program.carrier.ours);
  if (line === undefined) throw new Error('the connection brought no line');
  const media: string[] = [];
  for (const bytes of pictures.slice(0, count)) media.push((await attachFile(caller, bytes)).id);
  const target = { lineId: line.id, to };
  await caller.call('message.send', { uid: randomUUID(), target, text: 'The menu', media });
  await vi.waitFor(async () => expect(await program.carrier.takenFor(to)).toHaveLength(1), soon);
  const body = program.api.bodies.find(
    (each) => each.includes('/media/') || each.includes('%2Fmedia%2F'),
  );
  return mediaIn[program.carrier.provider]?.(body?.toString() ?? '{}') ?? [];
}

test.each(Object.keys(allAtWork))(
  '%s is told where each picture is, in its own words, and gets it there',
  async (name) => {
    await using program = await open(name, false);
    const urls = await send(program, 2);
    expect(urls).toHaveLength(2);
    for (const [at, url] of urls.entries()) {
      expect(url).toMatch(/\/media\/[\w-]{43}\.png$/);
      const fetched = await fetch(url);
      expect(fetched.headers.get('content-type')).toBe('image/png');
      const bytes = Buffer.from(await fetched.arrayBuffer());
      expect(bytes.equals(pictures[at] ?? Buffer.of(0))).toBe(true);
    }
    expect((await program.shown(to))[0]).toMatch(/^out \w+ The menu \[stored,stored\]$/);
  },
);

test.each(['twilio', 'vonage'])('%s is given the public address where one is set', async (name) => {
  await using program = await open(name, true);
  const [url = ''] = await send(program, 1);
  expect(url.startsWith(`${program.front.url}/media/`)).toBe(true);
  const fetched = await fetch(url.replace(program.front.url, program.running.core.relayUrl));
  expect(fetched.status).toBe(200);
});
