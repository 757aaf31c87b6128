import type { ContentsPart, SessionPart } from './electron-parts.ts';
import { isOurPage, mediaScheme, pageScheme } from './pages.ts';

/** The only two things a page of ours may ask the browser for. Neither reads anything. */
const permitted: ReadonlySet<string> = new Set(['notifications', 'clipboard-sanitized-write']);

/** Shuts every door of a session: permissions, devices, the network, downloads. */
export function guardSession(session: SessionPart, allowDevTools: boolean): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(isPermitted(contents, permission)),
  );
  session.setPermissionCheckHandler(isPermitted);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !isOwnRequest(url, allowDevTools) }),
  );
  session.on('will-download', (event) => event.preventDefault());
  // Without a language no dictionary is fetched; the system's own checker, where there is one, does not ask for any.
  session.setSpellCheckerLanguages([]);
  session.allowNTLMCredentialsForDomains('');
}

function isPermitted(contents: ContentsPart | null, permission: string): boolean {
  if (contents === null || !permitted.has(permission)) return false;
  try {
    return isOurPage(contents.mainFrame.url);
  } catch {
    // The frame is gone, and with it whoever asked.
    return false;
  }
}

/** The second wall behind the content policy: what a page may load at all. */
function isOwnRequest(address: string, allowDevTools: boolean): boolean {
  const protocol = URL.parse(address)?.protocol;
  switch (protocol) {
    case `${pageScheme}:`:
      return isOurPage(address);
    case `${mediaScheme}:`:
      return true;
    case 'blob:':
      // A picture a page of ours holds in its own memory.
      return isOurPage(address.slice('blob:'.length));
    case 'devtools:':
      return allowDevTools;
    default:
      return false;
  }
}
