import { createHmac } from 'node:crypto';

import { ours, webhookSecret } from './sandbox-desk.ts';

export type Signing = {
  readonly secret?: string;
  /** Milliseconds since 1970. */
  readonly at?: number;
};

/** The headers with which the sandbox carrier calls a hook with this body. */
export function signAsSandbox(
  body: string | Uint8Array,
  { secret = webhookSecret, at = Date.now() }: Signing = {},
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
  return {
    'content-type': 'application/json',
    'x-sandbox-timestamp': timestamp,
    'x-sandbox-signature': signature,
  };
}

export type SandboxText = {
  readonly id: string;
  readonly text: string;
  readonly from?: string;
  readonly to?: string;
};

/** The body with which the sandbox carrier tells of a text that came in. */
export function textEvent({ id, text, from = '+15550100100', to = ours }: SandboxText): string {
  return JSON.stringify({
    id: `evt_${id}`,
    type: 'message.received',
    account_id: 'acc_1',
    occurred_at: '2026-01-01T00:00:00.000Z',
    message: { id: `msg_${id}`, from, to, text, media: [], part: null },
  });
}
