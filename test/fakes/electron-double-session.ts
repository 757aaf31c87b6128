import { EventEmitter } from 'node:events';

import type {
  ContentsPart,
  SchemeRequest,
  SessionPart,
} from '#main/hosts/electron/electron-parts.ts';

import { PreventableDouble } from './electron-double-page.ts';

type Answer = (request: SchemeRequest) => Response | Promise<Response>;
type Wall = Parameters<SessionPart['webRequest']['onBeforeRequest']>[0];
type RequestHandler = Parameters<SessionPart['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<SessionPart['setPermissionCheckHandler']>[0];
type DisplayHandler = Parameters<SessionPart['setDisplayMediaRequestHandler']>[0];

/** Everything is allowed until somebody forbids it, as in Electron. */
export class SessionDouble extends EventEmitter implements SessionPart {
  readonly #schemes = new Map<string, Answer>();
  #wall: Wall = (_details, answer) => answer({});
  #onRequest: RequestHandler = (_contents, _permission, answer) => answer(true);
  #onCheck: CheckHandler = () => true;
  #onDevice: () => boolean = () => true;
  #onDisplay: DisplayHandler | null = null;
  ntlmDomains: string | null = null;
  spellCheckerLanguages: string[] = ['en-US'];

  readonly protocol = {
    handle: (scheme: string, handler: Answer): void => {
      if (this.#schemes.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      this.#schemes.set(scheme, handler);
    },
  };

  readonly webRequest = {
    onBeforeRequest: (listener: Wall): void => {
      this.#wall = listener;
    },
  };

  allowNTLMCredentialsForDomains(domains: string): void {
    this.ntlmDomains = domains;
  }

  setDevicePermissionHandler(handler: () => boolean): void {
    this.#onDevice = handler;
  }

  setDisplayMediaRequestHandler(handler: DisplayHandler): void {
    this.#onDisplay = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#onCheck = handler;
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#onRequest = handler;
  }

  setSpellCheckerLanguages(languages: string[]): void {
    this.spellCheckerLanguages = languages;
  }

  /** A page asks for a permission. */
  request(contents: ContentsPart, permission: string): Promise<boolean> {
    return new Promise((resolve) => this.#onRequest(contents, permission, resolve));
  }

  check(contents: ContentsPart | null, permission: string): boolean {
    return this.#onCheck(contents, permission);
  }

  allowsDevice(): boolean {
    return this.#onDevice();
  }

  /** The streams a page is given for `getDisplayMedia`; null for none. */
  requestDisplay(): Promise<object | null> {
    return new Promise((resolve) => {
      if (this.#onDisplay === null) resolve({ video: 'screen' });
      else this.#onDisplay({}, resolve);
    });
  }

  download(): boolean {
    const event = new PreventableDouble();
    this.emit('will-download', event);
    return !event.defaultPrevented;
  }

  /** Does the wall let a request through at all? */
  lets(url: string): boolean {
    let isCancelled = false;
    this.#wall({ url }, ({ cancel }) => (isCancelled = cancel === true));
    return !isCancelled;
  }

  /** Loads something as a page would: past the wall, then from the scheme's handler. */
  async load(url: string, method = 'GET'): Promise<Response> {
    const handler = this.#schemes.get(url.slice(0, url.indexOf(':')));
    if (!this.lets(url) || handler === undefined) return Response.error();
    return handler({ url, method });
  }
}
