import { LogFailure, type DeliveryLog } from './delivery-log.ts';
import { openJetstreamLog } from './jetstream-log.ts';

export type NatsWishes = {
  /** `nats://HOST:PORT` or `tls://HOST:PORT`, without user or password. One suffices; several help while some are down. */
  readonly urls: readonly string[];
  /** `USER:PASSWORD`, or a token, where the servers want one. */
  readonly access?: string | undefined;
  /** Tells this log from others on the same servers: small letters, digits and dashes. */
  readonly workspace: string;
  /** `http://HOST:PORT` where each server that holds the log tells of itself (`http_port: 8222`). */
  readonly monitors?: readonly string[];
  /** For trials: takes servers that do not show that they write to disk before they acknowledge. */
  readonly allowUnsynced?: boolean;
  /** Bytes that a new log sets aside for itself on each server, 8 GiB by default. */
  readonly maxBytes?: number | undefined;
};

/**
 * Opens a log on NATS servers as a program's flags name them: three copies where the servers form a cluster, else one. The
 * connection is kept and comes back by itself. Throws {@link LogFailure} with a sentence for the person, which never holds
 * what is needed to sign in.
 */
export async function openNatsLog(wishes: NatsWishes): Promise<DeliveryLog> {
  const { urls, access, workspace, monitors = [], allowUnsynced = false, maxBytes } = wishes;
  const servers = urls.map((url) => withAccess(url, access));
  return openJetstreamLog({
    servers,
    workspace,
    monitors,
    allowUnsyncedServer: allowUnsynced,
    ...(maxBytes === undefined ? {} : { maxBytes }),
  });
}

/** Words of a command can be read by every program on the computer, so what signs in does not come with the address. */
function withAccess(address: string, access: string | undefined): string {
  const url = URL.parse(address);
  if (url === null) return address;
  if (url.username !== '' || url.password !== '')
    throw new LogFailure(
      'other',
      '--nats: leave user and password out of the address, and set them as TRUNKLINE_NATS_ACCESS=USER:PASSWORD (or a token) where the relay is started.',
    );
  if (access === undefined || access === '') return address;
  const [, user = access, password = ''] = /^([^:]*):(.*)$/s.exec(access) ?? [];
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  return url.href;
}
