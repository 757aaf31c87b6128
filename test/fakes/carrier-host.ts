import { capabilities as twilio } from '#main/providers/twilio/capabilities.ts';
import type { Carrier } from '#renderer/store/connections-store.ts';
import { usualPolicy } from '#shared/compliance/line-policy.ts';
import type { ConnectionView, Sync } from '#shared/contract/connection-shapes.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { connectionIdSchema, lineIdSchema } from '#shared/message/line.ts';
import type { ConnectionId, Line } from '#shared/message/line.ts';

import { MemoryHost } from './memory-host.ts';

export type ToldNumber = CommandOutput<'connection.numbers'>['numbers'][number];

export const twilioId = connectionIdSchema.parse('twilio0001');
export const hookUrl = 'https://texts.example/hooks/twilio/twilio0001';

/** A connection that works and is reached by its carrier. */
export function makeConnection(more: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: twilioId,
    provider: 'twilio',
    label: 'Main office',
    baseUrl: null,
    publicUrl: 'https://texts.example',
    disabled: false,
    origin: 'own',
    inboundRoad: 'webhook',
    hooks: [
      { purpose: 'messages', url: hookUrl },
      { purpose: 'receipts', url: hookUrl },
      { purpose: 'calls', url: hookUrl },
    ],
    state: 'ok',
    sentence: 'Connected',
    lastInboundAt: null,
    lastReceiptAt: null,
    lines: [],
    signatureFailures: 0,
    ...more,
  };
}

export function makeNumber(number: string, more: Partial<ToldNumber> = {}): ToldNumber {
  return {
    number,
    id: null,
    label: null,
    numberType: '10dlc',
    sms: true,
    mms: true,
    voice: true,
    hookUrl: null,
    registration: null,
    ...more,
  };
}

export function makeSync(more: Partial<Sync> = {}): Sync {
  return {
    connectionId: twilioId,
    state: 'running',
    read: 0,
    texts: 0,
    calls: 0,
    failure: null,
    ...more,
  };
}

/** A host with one connection, whose carrier is a list in memory. It tells what changed before it answers, as the real one does. */
export class CarrierHost extends MemoryHost {
  carriers: Carrier[] = [{ id: 'twilio', capabilities: twilio }];
  presets: CommandOutput<'providers.list'>['presets'] = [];
  connections: ConnectionView[] = [makeConnection()];
  numbers: ToldNumber[] = [makeNumber('+12065550150', { label: 'Front desk' })];

  constructor() {
    super();
    const overview = this.answerOf('overview.get');
    this.answer('overview.get', async (input) => ({
      ...(await overview(input)),
      connections: this.connections,
    }));
    this.answer('providers.list', () => ({ providers: this.carriers, presets: this.presets }));
    this.answer('connections.list', () => ({ connections: this.connections }));
    this.answer('gaps.list', () => ({ gaps: [] }));
    this.answer('policy.get', ({ lineId }) => ({ lineId, policy: usualPolicy }));
    this.answer('check.list', () => ({ plans: [], checks: [] }));
    this.#answerConnections();
    this.#answerLines();
  }

  connection(id: ConnectionId = twilioId): ConnectionView {
    const connection = this.connections.find((each) => each.id === id);
    if (connection === undefined) throw new CommandFailure('not-found', 'It is no longer there.');
    return connection;
  }

  /** A connection stands otherwise now. */
  turn(id: ConnectionId, more: Partial<ConnectionView>): ConnectionView {
    const turned = { ...this.connection(id), ...more };
    this.connections = this.connections.map((each) => (each.id === id ? turned : each));
    this.#tellConnections();
    return turned;
  }

  #tellConnections(): void {
    this.tell('connections.changed', { connections: this.connections });
  }

  #answerConnections(): void {
    this.answer('connection.test', () => ({
      kind: 'good',
      account: '12.34 USD',
      numbers: this.numbers,
    }));
    this.answer('connection.add', (wanted) => this.#add(wanted));
    this.answer('connection.change', ({ connectionId, label, publicUrl, disabled }) => ({
      connection: this.turn(connectionId, withoutUndefined({ label, publicUrl, disabled })),
    }));
    this.answer('connection.remove', ({ connectionId }) => {
      this.connections = this.connections.filter(({ id }) => id !== connectionId);
      this.#tellConnections();
      return {};
    });
    this.answer('connection.numbers', () => ({ numbers: this.numbers }));
    this.answer('connection.write-hooks', ({ connectionId, numbers }) => ({
      hooks: this.connection(connectionId).hooks,
      outcomes: numbers.map((number) => ({ number, failure: null })),
    }));
    this.answer('sync.start', () => {
      this.tell('sync.changed', { sync: makeSync() });
      return { sync: makeSync() };
    });
    this.answer('sync.cancel', () => ({}));
  }

  #add({ provider, label, publicUrl, baseUrl, numbers }: CommandInput<'connection.add'>) {
    const id = connectionIdSchema.parse(`added${`${this.connections.length}`.padStart(5, '0')}`);
    const url = `${publicUrl ?? ''}/hooks/${provider}/${id}`;
    const connection = makeConnection({
      id,
      provider,
      label,
      publicUrl,
      baseUrl,
      inboundRoad: publicUrl === null ? 'polling' : 'webhook',
      hooks: [{ purpose: 'messages', url }],
    });
    this.connections = [...this.connections, connection];
    for (const each of numbers) this.addLine({ ...each, connectionId: id });
    this.#tellConnections();
    return { connection };
  }

  /** A number becomes a line. */
  addLine(more: Pick<Line, 'connectionId' | 'number' | 'label' | 'numberType'>): Line {
    const id = lineIdSchema.parse(this.lines.length + 10);
    const line: Line = { id, colour: '#3b7dd8', unread: 0, ...more };
    this.lines = [...this.lines, line];
    this.tell('lines.changed', { lines: this.lines });
    return line;
  }

  #answerLines(): void {
    this.answer('line.add', (wanted) => ({ line: this.addLine(wanted) }));
    this.answer('line.change', ({ lineId, label, colour }) => {
      this.lines = this.lines.map((line) =>
        line.id === lineId ? { ...line, label, colour } : line,
      );
      this.tell('lines.changed', { lines: this.lines });
      const line = this.lines.find(({ id }) => id === lineId);
      if (line === undefined) throw new CommandFailure('not-found', 'No such line.');
      return { line };
    });
    this.answer('numbers.buy', ({ connectionId, offer, label }) => {
      const { number, numberType } = offer;
      this.numbers = [...this.numbers, makeNumber(number, { numberType })];
      return { line: this.addLine({ connectionId, number, numberType, label }) };
    });
  }
}

function withoutUndefined<Shape extends object>(given: Shape) {
  type Given = { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Given;
}
