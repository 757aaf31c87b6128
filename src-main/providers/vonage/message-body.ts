import type { HookAddress } from '#shared/provider/carrier-lists.ts';
import { hookFor } from '#shared/provider/find-hook.ts';
import type { OutboundText } from '#shared/provider/provider.ts';

import { toVonage } from './vonage-number.ts';

type MediaKind = 'image' | 'audio' | 'video' | 'vcard' | 'file';
type Attachment = { readonly url: string; readonly caption?: string };

const kindsByExtension: Readonly<Record<string, MediaKind>> = {
  jpg: 'image',
  jpeg: 'image',
  png: 'image',
  gif: 'image',
  mp3: 'audio',
  mp4: 'video',
  vcf: 'vcard',
};

/** The body of a send by the Messages API, version 1: a text by SMS, with attachments by MMS. */
export function messageBodyOf(text: OutboundText, hooks: readonly HookAddress[]): object {
  const webhookUrl = hookFor(hooks, 'receipts', text.uid);
  return {
    ...contentOf(text),
    from: toVonage(text.from),
    to: toVonage(text.to),
    client_ref: text.uid,
    webhook_version: 'v1',
    ...(webhookUrl === null ? {} : { webhook_url: webhookUrl }),
  };
}

/** The words go with the first attachment as its caption. */
function contentOf({ text, mediaUrls }: OutboundText): object {
  const [first, ...others] = mediaUrls;
  if (first === undefined)
    return { channel: 'sms', message_type: 'text', text, sms: { encoding_type: 'auto' } };
  const captioned: Attachment = text === '' ? { url: first } : { url: first, caption: text };
  if (others.length === 0) {
    const kind = kindOf(first);
    return { channel: 'mms', message_type: kind, [kind]: captioned };
  }
  const content = [captioned, ...others.map((url) => ({ url }))];
  return {
    channel: 'mms',
    message_type: 'content',
    content: content.map((item) => ({ type: kindOf(item.url), ...item })),
  };
}

/** Vonage tells a picture from other files by the extension in its address. */
function kindOf(url: string): MediaKind {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return kindsByExtension[extension] ?? 'file';
}
