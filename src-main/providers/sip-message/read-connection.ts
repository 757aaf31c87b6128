import { z } from 'zod';

import { isLoopbackAddress } from '#main/http/global-address.ts';
import type { OpenConnection } from '#shared/provider/provider.ts';

import { usualMaxBytes } from './capabilities.ts';
import { type Profile, type Way, numberFormats, transports } from './profile.ts';

const host = z
  .string('is missing')
  .max(255)
  .regex(
    /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$/,
    'must be the name of a host',
  );
const hostAndPort = z
  .string()
  .max(262)
  .regex(
    /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[1-9]\d{0,4})?$/,
    'must be a host, or host:port',
  )
  .refine((written) => (portOf(written) ?? 1) < 65_536, 'must have a port below 65536');
const user = z
  .string('is missing')
  .max(128)
  .regex(/^[A-Za-z0-9+_.!~*'()&=$,;?/%-]+$/, 'must be what stands before the @, and not empty');
const login = z
  .string()
  .max(128)
  .regex(/^[\x20-\x7e]+$/, 'must be printable, and not empty');
const headerName = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'must be the name of a header, or be left out');
const yesOrNo = (usual: boolean) =>
  z
    .enum(['yes', 'no'], 'must be yes or no')
    .default(usual ? 'yes' : 'no')
    .transform((said) => said === 'yes');

/* Headers a request has already, which the name of a line would break. */
const ownHeaders =
  /^(?!from$)(?:via|to|from|call-id|cseq|contact|max-forwards|route|content-.*|.*authorization|date|expires|user-agent|[a-z])$/i;

function seconds(usual: number, [least, most]: readonly [number, number]) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,6}$/, error)
    .transform(Number)
    .refine((number) => number >= least && number <= most, error)
    .default(usual);
}

const credentialsShape = z.object({
  domain: host,
  username: user,
  password: z.string('is missing').max(512),
  authUser: login.optional(),
  transport: z.enum(transports, `must be one of ${transports.join(', ')}`).default('tls'),
  registrar: host.optional(),
  server: hostAndPort.optional(),
  wssUrl: z
    .url({ protocol: /^wss?$/, error: 'must be a wss address' })
    .max(500)
    .refine(isSafe, 'must be a wss address, or a ws one of this machine')
    .optional(),
  tlsCa: z
    .string()
    .regex(/-----BEGIN CERTIFICATE-----/, 'must be a certificate in PEM, or be left out')
    .transform((pem) => pem.replaceAll('\\n', '\n'))
    .optional(),
  numberFormat: z
    .enum(numberFormats, `must be one of ${numberFormats.join(', ')}`)
    .default('e164plus'),
  senderHeader: headerName
    .refine((name) => !ownHeaders.test(name), 'must not be a header every request has')
    .default('From'),
  fromUser: user.optional(),
  didHeader: headerName.optional(),
  register: yesOrNo(true),
  expires: seconds(300, [60, 86_400]),
  keepAlive: seconds(25, [1, 600]),
  outbound: yesOrNo(false),
  cpim: yesOrNo(false),
  imdn: yesOrNo(false),
  maxBytes: seconds(usualMaxBytes, [70, 4_000]),
});

const connectionShape = z.object({
  baseUrl: z.null('must be left out: the server stands in the credentials'),
  numbers: z.array(z.string()).readonly(),
  credentials: credentialsShape
    .refine(({ transport, wssUrl }) => transport !== 'wss' || wssUrl !== undefined, {
      path: ['wssUrl'],
      message: 'is missing: the transport wss needs it',
    })
    .refine(({ cpim, imdn }) => cpim || !imdn, {
      path: ['cpim'],
      message: 'must be yes: receipts are asked for in it',
    }),
});

type Credentials = z.infer<typeof credentialsShape>;

/** A trunk as it was entered, checked. @throws Error that names the field, never its value */
export function readConnection(connection: OpenConnection): Profile {
  const entered = Object.entries(connection.credentials).filter(([, value]) => value !== '');
  const read = connectionShape.safeParse({
    ...connection,
    credentials: Object.fromEntries(entered),
  });
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`SIP connection: ${issue?.path.join('.')} ${issue?.message}`);
  }
  const { credentials, numbers } = read.data;
  const { authUser, password, tlsCa: _ca, wssUrl: _url, ...rest } = credentials;
  return {
    ...rest,
    registrar: credentials.registrar ?? credentials.domain,
    way: wayOf(credentials),
    login: { user: authUser ?? credentials.username, password },
    fromUser: credentials.fromUser ?? null,
    didHeader: credentials.didHeader ?? null,
    numbers,
  };
}

function wayOf({ transport, wssUrl, tlsCa, server, registrar, domain }: Credentials): Way {
  const ca = tlsCa ?? null;
  if (transport === 'wss') return { transport, url: wssUrl ?? '', ca };
  const written = server ?? registrar ?? domain;
  const name = written.replace(/(?<=^[^[\]:]*|\]):\d+$/, '').replaceAll(/^\[|\]$/g, '');
  return { transport, host: name, port: portOf(written), ca };
}

function portOf(written: string): number | null {
  const [, port] = /(?:^[^:]*|\]):(\d+)$/.exec(written) ?? [];
  return port === undefined ? null : Number(port);
}

/** Passwords are proved and texts carried over it, so only this machine may be spoken to in the clear. */
function isSafe(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  const host = url?.hostname.replaceAll(/^\[|\]$/g, '') ?? '';
  return url?.protocol === 'wss:' || host === 'localhost' || isLoopbackAddress(host);
}
