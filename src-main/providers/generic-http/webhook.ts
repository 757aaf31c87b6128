import { createHash } from 'node:crypto';

import { referenceIn } from '#shared/provider/find-hook.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

import type { Settings } from './read-settings.ts';
import { isSigned, readSigning } from './signature.ts';

/**
 * The guard of a connection's webhook. The secret in the hook's path, which the intake has checked, is always there; where the
 * settings say how the carrier signs, its signature is asked for on top.
 * @throws {WrongSetting}
 */
export function openGuard(settings: Settings): WebhookGuard {
  const signing = readSigning(settings);
  const body = settings.webhookReply ?? '{}';
  const type = typeOf(body);
  return {
    authenticate: (raw) => (signing === null || isSigned(signing, raw) ? 'authentic' : 'forged'),
    // Ids are no key: carriers tell of one text under one id several times, each time something new.
    dedupeKey: ({ url, body: bytes }) => {
      const digest = createHash('sha256').update(bytes).digest('hex');
      return `body ${digest} ${referenceIn(url) ?? ''}`.trimEnd();
    },
    reply: () => ({ status: 200, type, body }),
  };
}

function typeOf(body: string): string {
  if (body.startsWith('<')) return 'application/xml; charset=utf-8';
  return /^[[{]/.test(body) ? 'application/json' : 'text/plain; charset=utf-8';
}
