import { startSandboxCarrier } from '#main/sandbox-carrier/start-sandbox-carrier.ts';

import { sandboxOptions } from './sandbox-desk.ts';

/** A program of its own: a sandbox carrier over the file named first, its address printed on standard output. */
const dataFile = process.argv[2] ?? ':memory:';
const carrier = await startSandboxCarrier(sandboxOptions({ dataFile }));
process.stdout.write(`${carrier.url}\n`);
