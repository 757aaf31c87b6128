import { Tooltip } from 'radix-ui';
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { AttentionView } from '../attention/AttentionView.tsx';
import { Notice } from '../controls/Notice.tsx';
import { Rail } from '../lines/Rail.tsx';
import { NewMessage } from '../new-message/NewMessage.tsx';
import { SettingsMenu } from '../settings/SettingsMenu.tsx';
import { saveSettings } from '../store/act-on-thread.ts';
import {
  openBroadcasts,
  openConnections,
  openCosts,
  openTeam,
  openTemplates,
} from '../store/go-to.ts';
import type { Pane } from '../store/place-store.ts';
import { ListPane } from '../thread-list/ListPane.tsx';
import { ThreadView } from '../thread/ThreadView.tsx';
import { Announcer } from './Announcer.tsx';
import { Barrier } from './Barrier.tsx';
import { KeyGuide } from './KeyGuide.tsx';
import { OnDemand } from './OnDemand.tsx';
import { useScreen } from './screen-context.ts';

import './screen.css';
import { StatusBar } from './StatusBar.tsx';
import { useAttentive } from './use-attentive.ts';
import { useKeys } from './use-keys.ts';
import { useTheme } from './use-theme.ts';
import { useTitle } from './use-title.ts';

/** The whole screen: rail, list, the pane in the middle, and the status bar under all of them. */
export function App(): ReactElement {
  const screen = useScreen();
  const pane = useStore(screen.place, (place) => place.pane);
  const { ready, settings, counts } = useStore(screen.overview);
  const [showsSettings, showSettings] = useState(false);
  const [showsKeys, showKeys] = useState(false);
  const frame = useMemo(
    () => ({ openSettings: () => showSettings(true), openKeyGuide: () => showKeys(true) }),
    [],
  );
  useKeys(screen, frame);
  useAttentive(screen);
  useTheme(settings.theme, ready);
  useTitle(counts.unread);
  return (
    <Tooltip.Provider delayDuration={500}>
      <Barrier>
        <div className="screen" data-pane={pane.kind}>
          <Rail
            settings={
              <SettingsMenu
                open={showsSettings}
                onOpenChange={showSettings}
                theme={settings.theme}
                onTheme={(theme) => void saveSettings(screen, { theme })}
                onKeyGuide={frame.openKeyGuide}
                onConnections={() => void openConnections(screen)}
                onTeam={() => void openTeam(screen)}
                onTemplates={() => void openTemplates(screen)}
                onBroadcasts={() => void openBroadcasts(screen)}
                onCosts={() => void openCosts(screen)}
              />
            }
          />
          <ListPane />
          <main className="pane" data-pane-stop>
            <MainPane pane={pane} />
          </main>
          <StatusBar />
        </div>
      </Barrier>
      <KeyGuide open={showsKeys} onOpenChange={showKeys} />
      <Announcer />
    </Tooltip.Provider>
  );
}

const loadConnectionsPane = async () =>
  (await import('../connections/ConnectionsPane.tsx')).ConnectionsPane;

const loadCostsPane = async () => (await import('../costs/CostsPane.tsx')).CostsPane;

const loadTemplatesPane = async () =>
  (await import('../templates/TemplatesPane.tsx')).TemplatesPane;

const loadBroadcastsPane = async () =>
  (await import('../broadcasts/BroadcastsPane.tsx')).BroadcastsPane;

const loadTeamPane = async () => (await import('../team/TeamPane.tsx')).TeamPane;

function MainPane({ pane }: { readonly pane: Pane }): ReactElement {
  switch (pane.kind) {
    case 'nothing':
      return (
        <Notice
          isPane
          title="No conversation open"
          words="Choose one from the list, or press New message to text someone."
        />
      );
    case 'thread':
      return <ThreadView threadId={pane.threadId} target={pane.target} visit={pane.visit} />;
    case 'new-message':
      return <NewMessage />;
    case 'attention':
      return <AttentionView />;
    case 'connections':
      return <OnDemand key={pane.kind} load={loadConnectionsPane} props={{ at: pane.at }} />;
    case 'costs':
      return <OnDemand key={pane.kind} load={loadCostsPane} props={{}} />;
    case 'team':
      return <OnDemand key={pane.kind} load={loadTeamPane} props={{}} />;
    case 'templates':
      return <OnDemand key={pane.kind} load={loadTemplatesPane} props={{}} />;
    case 'broadcasts':
      return <OnDemand key={pane.kind} load={loadBroadcastsPane} props={{}} />;
  }
}
