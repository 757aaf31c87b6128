import { createHmac, generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { findProvider } from '#main/providers/registry.ts';
import type { HookConnection } from '#main/relay/intake.ts';
import { signAsTelnyx } from '#test/carriers/telnyx-webhooks.ts';
import { signHook } from '#test/carriers/twilio-hooks.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';
import { connections, RelayDesk } from '#test/fakes/relay-desk.ts';
import { signAsSandbox, textEvent } from '#test/fakes/sandbox-hook.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const publicUrl = 'https://hooks.example.com';

type Hook = {
  readonly target: string;
  readonly body: string;
  sign(at: number): Record<string, string>;
};

function open(provider: string, baseUrl: string | null, credentials: Record<string, string>) {
  const definition = findProvider(provider);
  if (definition === undefined) throw new Error(`there is no ${provider}`);
  const { guard } = definition.open({
    connectionId: 'c1',
    baseUrl,
    credentials,
    numbers: [],
    hooks: [],
  });
  return { guard, pathSecret: null, publicUrl };
}

const openSandbox = (webhookSecret: string): HookConnection =>
  open('sandbox', 'http://127.0.0.1:1', { apiKey: 'k', webhookSecret });

const telnyxKeys = generateKeyPairSync('ed25519');
const telnyxKey = telnyxKeys.publicKey.export({ format: 'jwk' }).x ?? '';
const twilioAccess = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token-of-a-test' };

const known: Readonly<Record<string, HookConnection>> = {
  'sandbox/c1': openSandbox('first secret'),
  'sandbox/c2': openSandbox('second secret'),
  'telnyx/c1': open('telnyx', null, {
    apiKey: 'k',
    publicKey: Buffer.from(telnyxKey, 'base64url').toString('base64'),
  }),
  'twilio/c1': open('twilio', null, twilioAccess),
};

const sandboxBody = textEvent({ id: '1', text: 'Hello' });
const sandboxHook: Hook = {
  target: '/hooks/sandbox/c1',
  body: sandboxBody,
  sign: (at) => signAsSandbox(sandboxBody, { secret: 'first secret', at }),
};
const telnyxBody = JSON.stringify({ data: { id: 'event-1', event_type: 'message.received' } });
const telnyxHook: Hook = {
  target: '/hooks/telnyx/c1',
  body: telnyxBody,
  sign: (at) => signAsTelnyx(telnyxKeys.privateKey, { body: Buffer.from(telnyxBody), at }),
};
const twilioBody = `MessageSid=SM${'1'.repeat(32)}&From=%2B15550100100&To=%2B15550100001&Body=Hello&NumMedia=0`;
const twilioHook: Hook = {
  target: '/hooks/twilio/c1',
  body: twilioBody,
  sign: () =>
    signHook(twilioAccess.authToken, {
      url: `${publicUrl}/hooks/twilio/c1`,
      body: Buffer.from(twilioBody),
    }),
};

async function startDesk() {
  const clock = new ManualClock();
  const desk = await RelayDesk.start({ clock, findConnection: connections(known) });
  const post = async (hook: Hook, headers: Record<string, string>): Promise<number> => {
    const { target, body } = hook;
    return (await desk.post({ target, body, secret: null, headers })).status;
  };
  return { clock, desk, post };
}

describe('a call heard by somebody and sent again', () => {
  it.each([
    ['the sandbox, which signs a time', sandboxHook, 403],
    ['Telnyx, which signs a time', telnyxHook, 403],
    ['Twilio, which signs none: its key is known', twilioHook, 200],
  ])('is stored once, whenever it comes: %s', async (_, hook, later) => {
    const { clock, desk, post } = await startDesk();
    const heard = hook.sign(clock.now());
    expect(await post(hook, heard)).toBe(200);
    for (const [rest, status] of [
      [second, 200],
      [298 * second, 200],
      [2 * second, later],
      [73 * hour, later],
      [400 * hour, later],
    ] as const) {
      await clock.advance(rest);
      expect(await post(hook, heard), `${rest} ms later`).toBe(status);
    }
    expect(await desk.stored()).toHaveLength(1);
  });

  it.each([
    ['the sandbox', sandboxHook],
    ['Telnyx', telnyxHook],
  ])('or signed six minutes ago or ahead, is not believed: %s', async (_, hook) => {
    const { clock, desk, post } = await startDesk();
    for (const skew of [-6 * minute, 6 * minute, -73 * hour, 73 * hour])
      expect(await post(hook, hook.sign(clock.now() + skew))).toBe(403);
    expect(await desk.stored()).toEqual([]);
    for (const skew of [-4 * minute, 4 * minute])
      expect(await post(hook, hook.sign(clock.now() + skew))).toBe(200);
    expect(await desk.stored()).toHaveLength(1);
  });
});

describe('a signature that is somebody else’s', () => {
  it('is not believed: of another connection, of another carrier, of another relay', async () => {
    const { clock, desk, post } = await startDesk();
    const now = clock.now();
    const other = signAsSandbox(sandboxBody, { secret: 'second secret', at: now });
    expect(await post(sandboxHook, other)).toBe(403);
    expect(await post({ ...sandboxHook, target: '/hooks/sandbox/c2' }, other)).toBe(200);
    expect(await post(sandboxHook, telnyxHook.sign(now))).toBe(403);
    expect(await post(telnyxHook, sandboxHook.sign(now))).toBe(403);
    expect(await post({ ...sandboxHook, target: '/hooks/telnyx/c1' }, sandboxHook.sign(now))).toBe(
      403,
    );
    const elsewhere = {
      url: 'https://other.example/hooks/twilio/c1',
      body: Buffer.from(twilioBody),
    };
    expect(await post(twilioHook, signHook(twilioAccess.authToken, elsewhere))).toBe(403);
    expect((await desk.stored()).map(({ raw }) => raw.connectionId)).toEqual(['c2']);
  });
});

describe('a signed time that is none', () => {
  it.each(['', '0', '-1', '1e9', '0x6955b900', '1767225600.5', '9'.repeat(40), 'NaN'])(
    'is not believed, though signed: %j',
    async (time) => {
      const { desk, post } = await startDesk();
      const signature = createHmac('sha256', 'first secret').update(`${time}.${sandboxBody}`);
      const headers = {
        'x-sandbox-timestamp': time,
        'x-sandbox-signature': signature.digest('hex'),
      };
      expect(await post(sandboxHook, headers)).toBe(403);
      expect(await desk.stored()).toEqual([]);
    },
  );

  it.each(['x-sandbox-timestamp', 'x-sandbox-signature'])(
    'or is said twice, in %s',
    async (name) => {
      const { clock, desk, post } = await startDesk();
      const signed = sandboxHook.sign(clock.now());
      const twice = { ...signed, [name]: `${signed[name]}, ${signed[name]}` };
      expect(await post(sandboxHook, twice)).toBe(403);
      expect(await desk.stored()).toEqual([]);
    },
  );
});
