import '@fontsource-variable/inter';
import '#shared/contract/parse-without-eval.ts';
import { browserClock } from './host/browser-clock.ts';
import { openSession } from './host/open-session.ts';
import { reachHost } from './host/reach-host.ts';
import { uuidV7 } from './host/uuid-v7.ts';
import { mountScreen } from './screen/mount-screen.tsx';
import { wearRememberedTheme } from './screen/use-theme.ts';
import { createScreen } from './store/screen.ts';
import type { Screen } from './store/screen.ts';

import './style/base.css';
import './style/controls.css';
import './style/tokens.css';

wearRememberedTheme();

if (window.trunkline === undefined) await openSession({ location, history, fetch });

const screen: Screen = createScreen({
  host: reachHost((refused) => screen.connection.setState({ refused })),
  clock: browserClock,
  newUid: () => uuidV7(Date.now(), (octets) => crypto.getRandomValues(octets)),
});

const root = document.querySelector<HTMLElement>('#root');
if (root !== null) mountScreen(root, screen);
