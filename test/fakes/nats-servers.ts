import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const installTimeoutMs = 120_000;
const failedInstall = path.join(tmpdir(), 'trunkline-nats-not-installed');
const failureCountsMs = 600_000;
const startTimeoutMs = 20_000;

type Found = { readonly file: string; readonly version: string };

let found: Found | null | undefined;

/** A test that ends without its clean-up leaves no server behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** The nats-server of this machine, or of `TRUNKLINE_TEST_NATS_SERVER`; installed from Debian where it may be. */
export function findNatsServer(): Found | null {
  found ??= look() ?? (installFromDebian() ? look() : null);
  return found;
}

/** Why tests that need a server are skipped; false where one is there. Prints the reason. */
export function natsMissing(): boolean {
  if (findNatsServer() !== null) return false;
  process.stdout.write('SKIPPED: no nats-server was found, and none could be installed.\n');
  return true;
}

function look(): Found | null {
  const named = process.env['TRUNKLINE_TEST_NATS_SERVER'];
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'];
  const candidates = folders.map((folder) => path.join(folder, 'nats-server'));
  const file = [...(named === undefined ? [] : [named]), ...candidates].find(existsSync);
  if (file === undefined) return null;
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 40_000 });
  const version = /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  return version === undefined ? null : { file, version };
}

/** Tried once by whichever test file comes first; the others need not wait for the same failure. */
function installFromDebian(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get') || hasJustFailed()) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const stdio: ['ignore', 'ignore', 'inherit'] = ['ignore', 'ignore', 'inherit'];
  const lock = ['-o', 'DPkg::Lock::Timeout=60'];
  const run = (...args: string[]): boolean =>
    spawnSync('apt-get', [...lock, ...args], { env, stdio, timeout: installTimeoutMs }).status ===
    0;
  const installed = run('update', '-qq') && run('install', '-y', '-qq', 'nats-server');
  if (!installed || look() === null) writeFileSync(failedInstall, '');
  return installed;
}

function hasJustFailed(): boolean {
  const failedAt = statSync(failedInstall, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - failedAt < failureCountsMs;
}

/** The version of the nats-server that tests run; `0.0.0` where there is none. */
export function natsVersion(): string {
  return findNatsServer()?.version ?? '0.0.0';
}

/** Can this server sync before it acknowledges? */
export function canSync(): boolean {
  const [major = 0, minor = 0] = natsVersion().split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 10);
}

export type NatsServerOptions = {
  /** Lines for the jetstream block; by default the server syncs where it can. */
  readonly jetstream?: string;
  /** Lines for the top of the configuration. */
  readonly more?: string;
};

/** A real NATS server with JetStream on loopback, in a folder of its own. */
export class NatsServer {
  readonly name: string;
  readonly port: number;
  readonly monitorPort: number;
  readonly #folder: string;
  #child: ChildProcess | null = null;

  private constructor(name: string, folder: string, ports: readonly [number, number]) {
    this.name = name;
    this.#folder = folder;
    [this.port, this.monitorPort] = ports;
  }

  static async start(options: NatsServerOptions = {}): Promise<NatsServer> {
    const [server] = await prepareServers(['alone'], () => options);
    if (server === undefined) throw new Error('no server');
    await server.start();
    return server;
  }

  /** Three servers that know each other. */
  static async startCluster(): Promise<NatsServer[]> {
    const routes = await freePorts(3);
    const servers = await prepareServers(['n1', 'n2', 'n3'], (index) => ({
      more: `cluster {
        name: trunkline
        listen: 127.0.0.1:${routes[index]}
        routes: [${routes.map((port) => `nats://127.0.0.1:${port}`).join(', ')}]
      }`,
    }));
    try {
      await Promise.all(servers.map((server) => server.start()));
      return servers;
    } catch (error) {
      await Promise.all(servers.map((server) => server.remove()));
      throw error;
    }
  }

  static prepare(name: string, ports: readonly [number, number], config: string): NatsServer {
    const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-nats-'));
    writeFileSync(path.join(folder, 'server.conf'), config.replaceAll('FOLDER', folder));
    return new NatsServer(name, folder, ports);
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  get monitor(): string {
    return `http://127.0.0.1:${this.monitorPort}`;
  }

  /** What the server has written about itself. */
  get output(): string {
    return readFileSync(path.join(this.#folder, 'output'), 'utf8');
  }

  /** Starts the server, also again after a kill; resolves when it says that it is well. */
  async start(): Promise<void> {
    const output = openSync(path.join(this.#folder, 'output'), 'a');
    const file = findNatsServer()?.file ?? '';
    const config = path.join(this.#folder, 'server.conf');
    const child = spawn(file, ['-c', config], { stdio: ['ignore', output, output] });
    closeSync(output);
    running.add(child);
    child.once('exit', () => running.delete(child));
    this.#child = child;
    const until = performance.now() + startTimeoutMs;
    while (!(await this.#isWell())) {
      if (performance.now() > until)
        throw new Error(`${this.name} is not up: ${this.output.slice(-2_000)}`);
      await pause(25);
    }
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Stops the process as it is, sockets open, until {@link goOn}. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  goOn(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Keeps a copy of everything stored, or of one stream's messages. Only while the server does not run. */
  keepCopy(stream?: string): void {
    cpSync(this.#stored(stream), this.#copy, { recursive: true });
  }

  /** Puts the copy back in place of what is stored. Only while the server does not run. */
  putCopyBack(stream?: string): void {
    rmSync(this.#stored(stream), { recursive: true });
    cpSync(this.#copy, this.#stored(stream), { recursive: true });
  }

  /** Ends the server and removes its folder. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #stored(stream?: string): string {
    const all = path.join(this.#folder, 'jetstream');
    return stream === undefined ? all : path.join(all, '$G', 'streams', stream, 'msgs');
  }

  get #copy(): string {
    return path.join(this.#folder, 'copy');
  }

  async #isWell(): Promise<boolean> {
    try {
      return (await fetch(`${this.monitor}/healthz`)).status === 200;
    } catch {
      return false;
    }
  }
}

async function prepareServers(
  names: readonly string[],
  optionsOf: (index: number) => NatsServerOptions,
): Promise<NatsServer[]> {
  const ports = await freePorts(names.length * 2);
  return names.map((name, index) => {
    const [port = 0, monitorPort = 0] = ports.slice(index * 2);
    const { more = '', jetstream = canSync() ? 'sync_interval: always' : '' } = optionsOf(index);
    return NatsServer.prepare(
      name,
      [port, monitorPort],
      `server_name: ${name}
      listen: 127.0.0.1:${port}
      http: 127.0.0.1:${monitorPort}
      ${more}
      jetstream {
        store_dir: "FOLDER"
        max_file_store: 2GB
        ${jetstream}
      }`,
    );
  });
}

/** Below the ports that the system hands out by itself, and apart for each process that runs tests. */
let nextPort = 15_000 + (process.pid % 500) * 32;

/**
 * Ports that are free and that no other program will be given by chance: a server that is started again needs the same one.
 */
async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (; ports.length < count; nextPort += 1) if (await isFree(nextPort)) ports.push(nextPort);
  return ports;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    await once(server.close(), 'close');
    return true;
  } catch {
    return false;
  }
}
