import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { closedPort } from './raw-server.ts';

export type KamailioSettings = {
  readonly program: string;
  readonly algorithm: 'MD5' | 'SHA-256';
  /** Files in PEM. */
  readonly key: string;
  readonly certificate: string;
  readonly password: string;
};

/** Kamailio as a registrar that challenges, over UDP, TCP, TLS and WebSockets on loopback. Closed by `await using`. */
export class Kamailio implements AsyncDisposable {
  readonly port: number;
  readonly tlsPort: number;
  readonly #settings: KamailioSettings;
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'kamailio-'));
  #process: ChildProcess | null = null;
  #said = '';

  private constructor(settings: KamailioSettings, ports: { port: number; tlsPort: number }) {
    this.#settings = settings;
    this.port = ports.port;
    this.tlsPort = ports.tlsPort;
  }

  static async start(settings: KamailioSettings): Promise<Kamailio> {
    const ports = { port: await closedPort(), tlsPort: await closedPort() };
    const kamailio = new Kamailio(settings, ports);
    await kamailio.run();
    return kamailio;
  }

  async run(): Promise<void> {
    const file = path.join(this.#folder, 'kamailio.cfg');
    writeFileSync(file, this.#configuration());
    const where = ['-w', this.#folder, '-Y', this.#folder];
    const args = ['-f', file, '-DD', '-E', '-m', '32', '-M', '8', ...where];
    const started = spawn(this.#settings.program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    started.stderr.on('data', (bytes: Buffer) => (this.#said += bytes.toString()));
    this.#process = started;
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await listens(this.port)) && (await listens(this.tlsPort))) return;
      if (started.exitCode !== null) break;
      await pause(100);
    }
    throw new Error(`Kamailio did not start: ${this.#said.slice(-2_000)}`);
  }

  /** Ends it with everything it remembers. */
  async end(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    rmSync(this.#folder, { recursive: true });
  }

  #configuration(): string {
    const { algorithm, key, certificate, password } = this.#settings;
    const modules =
      'tm tmx sl pv maxfwd usrloc registrar textops siputils auth nathelper tls xhttp websocket';
    const loaded = modules.split(' ').map((name) => `loadmodule "${name}.so"`);
    return `#!KAMAILIO
debug=0
log_stderror=yes
children=1
tcp_children=2
enable_tls=yes
tcp_accept_no_cl=yes
listen=udp:127.0.0.1:${this.port}
listen=tcp:127.0.0.1:${this.port}
listen=tls:127.0.0.1:${this.tlsPort}
alias="sip.example.net"
${loaded.join('\n')}
modparam("tls", "private_key", "${key}")
modparam("tls", "certificate", "${certificate}")
modparam("tls", "tls_method", "TLSv1.2+")
modparam("auth", "algorithm", "${algorithm === 'MD5' ? '' : algorithm}")
modparam("auth", "qop", "auth")
modparam("auth", "nonce_count", 1)
modparam("usrloc", "db_mode", 0)
modparam("registrar", "received_avp", "$avp(RECEIVED)")
modparam("registrar", "min_expires", 60)
modparam("nathelper", "received_avp", "$avp(RECEIVED)")
request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("ACK")) exit;
  if (is_method("OPTIONS")) {
    append_to_reply("Allow: REGISTER, MESSAGE, OPTIONS\\r\\n");
    sl_send_reply("200", "OK"); exit;
  }
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("sip.example.net", "${password}", "0")) {
      www_challenge("sip.example.net", "1"); exit;
    }
    fix_nated_register();
    save("location");
    exit;
  }
  if (!is_method("MESSAGE")) { sl_send_reply("405", "Method Not Allowed"); exit; }
  if (!pv_proxy_authenticate("sip.example.net", "${password}", "0")) {
    proxy_challenge("sip.example.net", "1"); exit;
  }
  consume_credentials();
  if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
  t_relay();
}
event_route[xhttp:request] {
  if ($hdr(Upgrade) =~ "websocket") { ws_handle_handshake(); exit; }
  xhttp_reply("404", "Not Found", "", "");
}
`;
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
