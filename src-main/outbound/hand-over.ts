import type { OutboxRow } from '#main/history/outbox.ts';
import { withoutSecrets } from '#main/http/answer-outcomes.ts';
import { log } from '#main/log/log.ts';
import type { OutboundText, ProviderAdapter, SendOutcome } from '#shared/provider/provider.ts';

import type { OutboundDesk } from './outbound-desk.ts';

/** Past this many milliseconds without an answer the outcome of a send is unknown. */
const sendDeadline = 10_000;

/**
 * Hands one attempt to its carrier. Its pictures get links of their own now, because links end; where one cannot be made,
 * nothing leaves, for a text never goes out without its picture.
 */
export async function handOver(
  desk: OutboundDesk,
  { request, connectionId }: OutboxRow,
  adapter: ProviderAdapter,
): Promise<SendOutcome> {
  const { mediaIds = [], ...text } = request;
  const mediaUrls: string[] = [];
  for (const id of mediaIds) {
    const link = await desk.mediaRoad.link(connectionId, id);
    if (link.kind === 'not-made') return notLinked(link.because);
    mediaUrls.push(link.url);
  }
  return withoutLinks(await sendSafely(adapter, { ...text, mediaUrls }), mediaUrls);
}

const notLinked = (because: string): SendOutcome => ({
  kind: 'unsent',
  failure: { kind: 'no-link', raw: because },
  retryAfterMs: null,
});

/* An adapter that throws has broken its promise; what had left by then nobody knows. */
async function sendSafely(adapter: ProviderAdapter, text: OutboundText): Promise<SendOutcome> {
  try {
    return await adapter.send(text, sendDeadline);
  } catch (error) {
    log('send.broke', { kind: error instanceof Error ? error.name : 'unknown' });
    return { kind: 'unknown', failure: { kind: 'no-answer', raw: null } };
  }
}

/* A carrier may repeat a link in its complaint; who reads that later could open it. */
function withoutLinks(outcome: SendOutcome, urls: readonly string[]): SendOutcome {
  if (outcome.kind === 'accepted' || urls.length === 0) return outcome;
  const secrets = urls.flatMap((url) => [url, url.slice(url.lastIndexOf('/') + 1)]);
  return { ...outcome, failure: withoutSecrets(outcome.failure, secrets) };
}
