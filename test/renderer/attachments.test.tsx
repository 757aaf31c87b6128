import { act, fireEvent, screen as page, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, onTestFinished } from 'vitest';

import { CommandFailure } from '#shared/contract/failure.ts';
import type { MemoryHost } from '#test/fakes/memory-host.ts';
import { messageBox, press, renderDana, settled, write } from '#test/fakes/render-screen.tsx';
import { png } from '#test/fixtures/media-bytes.ts';

const rules = {
  maxTotalOctets: 750_000,
  maxCount: 2,
  types: ['image/png', 'image/jpeg'],
  problem: null,
};

/** Everything appended to each upload, as the host got it. */
let uploads: Map<string, Buffer[]>;
let discarded: string[];
let freed: string[];

beforeEach(() => {
  uploads = new Map();
  discarded = [];
  freed = [];
  let made = 0;
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = () => `blob:picture-${(made += 1)}`;
  URL.revokeObjectURL = (url) => void freed.push(url);
  onTestFinished(() => void Object.assign(URL, { createObjectURL, revokeObjectURL }));
});

const idOf = (name: string): string => name.padEnd(22, 'x');

function takeFiles(host: MemoryHost): void {
  host.answer('attachment.rules', () => rules);
  host.answer('attachment.begin', () => {
    const uploadId = idOf(`upload${uploads.size + 1}`);
    uploads.set(uploadId, []);
    return { uploadId };
  });
  host.answer('attachment.append', ({ uploadId, bytes }) => {
    uploads.get(uploadId)?.push(Buffer.from(bytes, 'base64'));
    return {};
  });
  host.answer('attachment.end', ({ uploadId }) => ({
    media: {
      id: uploadId.replace('upload', 'media_'),
      state: 'stored',
      type: 'image/png',
      size: Buffer.concat(uploads.get(uploadId) ?? []).length,
      width: 20,
      height: 20,
      problem: null,
    },
  }));
  host.answer('attachment.discard', ({ id }) => {
    discarded.push(id);
    return {};
  });
}

const file = (name: string, bytes: Uint8Array = png(20, 20), type = 'image/png'): File =>
  new File([Uint8Array.from(bytes)], name, { type });

async function choose(...files: readonly File[]): Promise<void> {
  const input = document.querySelector('input[type=file]');
  if (input === null) throw new Error('no place to choose files');
  fireEvent.change(input, { target: { files } });
  await settled();
}

const listed = (): string[] =>
  page
    .queryAllByRole('listitem')
    .flatMap((item) => (item.closest('.attachments') === null ? [] : [item.textContent]));
const sendButton = (): HTMLElement => page.getByRole('button', { name: 'Send' });

it('brings a chosen picture to the host in pieces and sends it without words', async () => {
  const { host } = await renderDana();
  takeFiles(host);
  const large = Buffer.concat([png(20, 20), Buffer.alloc(200_000, 7)]);
  await choose(file('roof.png', large));
  await waitFor(() => expect(listed()).toEqual(['roof.pngPNG, 200 kB']));
  expect(uploads.get(idOf('upload1'))?.map(({ length }) => length)).toEqual([
    131_072,
    large.length - 131_072,
  ]);
  expect(Buffer.concat(uploads.get(idOf('upload1')) ?? []).equals(large)).toBe(true);
  expect(page.getByRole('status', { name: 'Segments' }).textContent).toBe(
    'MMS · 1 picture, 200 kB',
  );
  press('Enter');
  await settled();
  expect(host.asked('message.send').at(-1)).toMatchObject({ text: '', media: [idOf('media_1')] });
  expect(listed()).toEqual([]);
  expect(freed).toEqual(['blob:picture-1']);
  expect(discarded).toEqual([]);
});

it('takes pictures that are pasted and dropped, and leaves words to the box', async () => {
  const { host } = await renderDana();
  takeFiles(host);
  fireEvent.paste(messageBox(), { clipboardData: { files: [file('')] } });
  await waitFor(() => expect(listed()).toHaveLength(1));
  expect(listed()[0]).toMatch(/^Picture/);
  const form = page.getByRole('form', { name: 'Write' });
  fireEvent.dragOver(form, { dataTransfer: { types: ['Files'] } });
  expect(form.className).toContain('drop-here');
  fireEvent.drop(document.body, { dataTransfer: { files: [file('dropped.png')] } });
  await waitFor(() => expect(listed()[1]).toMatch(/^dropped\.pngPNG/));
  expect(form.className).not.toContain('drop-here');
  expect(fireEvent.paste(messageBox(), { clipboardData: { files: [] } })).toBe(true);
});

it('takes a picture out again, here and at the host, and gives the focus back', async () => {
  const { host } = await renderDana();
  takeFiles(host);
  await choose(file('roof.png'));
  fireEvent.click(await page.findByRole('button', { name: 'Remove roof.png' }));
  await settled();
  expect(listed()).toEqual([]);
  expect(discarded).toEqual([idOf('media_1')]);
  expect(document.activeElement).toBe(messageBox());
});

it('does not send while a picture is on its way', async () => {
  const { host } = await renderDana();
  takeFiles(host);
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  host.answer('attachment.append', async () => {
    await held;
    return {};
  });
  write('Look');
  await choose(file('roof.png'));
  expect(listed()).toEqual(['roof.pngAttaching…']);
  expect(sendButton().getAttribute('aria-disabled')).toBe('true');
  press('Enter');
  await act(async () => goOn());
  await settled();
  expect(host.asked('message.send')).toEqual([]);
  expect(sendButton().getAttribute('aria-disabled')).toBe('false');
});

it.each([
  ['the line carries none', 'This line has no public address. Choose another.'],
  ['the host refuses it', 'The picture is damaged. Save it anew.'],
  ['there are too many', 'The carrier takes 2 with one text.'],
])('says at the picture why it cannot go where %s, and holds the text back', async (why, words) => {
  const { host } = await renderDana();
  takeFiles(host);
  if (why === 'the line carries none')
    host.answer('attachment.rules', () => ({
      ...rules,
      problem: { because: 'This line has no public address.', cure: 'Choose another.' },
    }));
  if (why === 'the host refuses it')
    host.answer('attachment.end', () => {
      throw new CommandFailure('refused', 'The picture is damaged.', { cure: 'Save it anew.' });
    });
  write('Look');
  await choose(...(why === 'there are too many' ? [file('1'), file('2')] : []), file('roof.png'));
  await waitFor(() => expect(listed().at(-1)).toBe(`roof.png${words}`));
  expect(page.getByText('Take out what cannot be attached')).toBeDefined();
  press('Enter');
  await settled();
  expect(host.asked('message.send')).toEqual([]);
});

it('keeps pictures beside the text that could not be sent', async () => {
  const { host } = await renderDana();
  takeFiles(host);
  await choose(file('roof.png'));
  await waitFor(() => expect(listed()[0]).toMatch(/PNG/));
  host.answer('message.send', () => {
    throw new CommandFailure('refused', 'Not now.');
  });
  press('Enter');
  await settled();
  expect(listed()).toHaveLength(1);
  expect(freed).toEqual([]);
});
