import { afterAll, beforeAll, describe } from 'vitest';

import { natsMissing, NatsServer } from '#test/fakes/nats-servers.ts';

import { describeDeliveryLog } from './delivery-log-suite.ts';
import { engine } from './jetstream-engine.ts';

describe.skipIf(natsMissing())('over one NATS server', () => {
  let server: NatsServer;

  beforeAll(async () => {
    server = await NatsServer.start();
    process.env['TRUNKLINE_TEST_NATS'] = server.url;
  });
  afterAll(() => server.remove());

  describeDeliveryLog(engine);
});
