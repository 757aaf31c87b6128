import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import type { NewConnection } from '#shared/contract/connection-shapes.ts';
import type { FailureCode } from '#shared/contract/failure.ts';

import { failureOf } from '../../store/failure-of.ts';
import { loadConnections } from '../../store/load-connections.ts';
import type { Screen } from '../../store/screen.ts';
import { carrierPatience } from '../change-connection.ts';
import { isReachable } from '../reachable.ts';
import { writeHooks } from '../write-hooks.ts';
import { connectingOf, enteredFor } from './connecting-store.ts';
import type { Made } from './connecting-store.ts';
import { access } from './try-credentials.ts';
import { chosenLines } from './wanted-lines.ts';

/** Keeps the connection, forgets the credentials here, and has the carrier call us where that was asked for. */
export async function addConnection(screen: Screen): Promise<void> {
  const store = connectingOf(screen);
  const entered = enteredFor(store.getState());
  if (entered === null || store.getState().adding === 'yes') return;
  store.setState({ adding: 'yes' });
  const { label, publicUrl } = entered;
  const wanted = {
    ...access(screen, entered),
    label: label.trim(),
    publicUrl: publicUrl.trim() === '' ? null : publicUrl.trim(),
    numbers: chosenLines(entered.lines),
  };
  try {
    const connection = await keep(screen, wanted);
    const writes = entered.writesHooks && wanted.numbers.length > 0;
    await finish(screen, connection, writes ? wanted.numbers.map(({ number }) => number) : []);
  } catch (error) {
    store.setState({ adding: failureOf(error) });
  }
}

/** After these the host may have kept the connection all the same, and a second try would keep it twice. */
const unclear: readonly FailureCode[] = ['deadline', 'closed', 'internal'];

async function keep(screen: Screen, wanted: NewConnection): Promise<ConnectionView> {
  const before = new Set(screen.connections.getState().list?.map(({ id }) => id));
  try {
    return (await screen.host.call('connection.add', wanted, carrierPatience)).connection;
  } catch (error) {
    if (!unclear.includes(failureOf(error).code)) throw error;
    await loadConnections(screen);
    const { list } = screen.connections.getState();
    const kept = list?.find(
      ({ id, provider, label }) =>
        !before.has(id) && provider === wanted.provider && label === wanted.label,
    );
    if (kept === undefined) throw error;
    return kept;
  }
}

async function finish(
  screen: Screen,
  connection: ConnectionView,
  numbers: readonly string[],
): Promise<void> {
  const store = connectingOf(screen);
  const writes = numbers.length > 0 && isReachable(connection) && canWrite(screen, connection);
  const made: Made = { connectionId: connection.id, hooks: writes ? 'writing' : 'not-asked' };
  store.setState({ step: 'done', adding: 'no', entered: new Map(), made });
  if (!writes) return;
  const hooks = await writeHooks(screen, connection.id, numbers).catch(failureOf);
  if (store.getState().made === made) store.setState({ made: { ...made, hooks } });
}

const canWrite = (screen: Screen, { provider }: ConnectionView): boolean =>
  screen.connections.getState().carriers?.find(({ id }) => id === provider)?.capabilities
    .configuresWebhooks ?? false;
