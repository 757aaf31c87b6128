import type { Way } from '../profile.ts';
import { openDatagramFlow } from './datagram-flow.ts';
import { type Server, findServers } from './find-servers.ts';
import { type Flow, type FlowEvents, NotReached } from './flow.ts';
import { openSocketFlow } from './socket-flow.ts';
import { openStreamFlow } from './stream-flow.ts';

/* One server that does not answer must not use up the time of those behind it. */
const triesEachMs = 5_000;

/** Opens a flow to the first server of a profile that can be reached before `overall` is aborted. @throws NotReached */
export async function openFlow(way: Way, overall: AbortSignal, events: FlowEvents): Promise<Flow> {
  if (way.transport === 'wss')
    return await openSocketFlow({ url: way.url, ca: way.ca, signal: overall }, events);
  const servers = await beforeAbort(findServers(way), overall);
  let last = new NotReached(`${way.host} has no server`);
  for (const server of servers) {
    try {
      return await openOne(way, { server, overall }, events);
    } catch (error) {
      if (!(error instanceof NotReached)) throw error;
      last = error;
    }
  }
  throw last;
}

type DirectWay = Exclude<Way, { readonly transport: 'wss' }>;
type Try = { readonly server: Server; readonly overall: AbortSignal };

async function openOne(
  way: DirectWay,
  { server, overall }: Try,
  events: FlowEvents,
): Promise<Flow> {
  if (way.transport === 'udp') return await openInTime(openDatagramFlow(server, events), overall);
  const signal = AbortSignal.any([overall, AbortSignal.timeout(triesEachMs)]);
  /* A name service can be lied to, so the certificate must be for the name that was entered (RFC 5922 7.2). */
  const tls = way.transport === 'tls' ? { name: way.host, ca: way.ca } : null;
  return await openStreamFlow({ server, signal, tls }, events);
}

async function openInTime(opening: Promise<Flow>, signal: AbortSignal): Promise<Flow> {
  try {
    return await beforeAbort(opening, signal);
  } catch (error) {
    void opening.then((flow) => flow.close()).catch(() => undefined);
    throw error;
  }
}

function beforeAbort<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new NotReached('The name service did not answer in time'));
    if (signal.aborted) return late();
    signal.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });
}
