import {
  Cable,
  Keyboard,
  Receipt,
  Settings as SettingsIcon,
  Users,
  Megaphone,
  TextQuote,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement } from 'react';

import type { Settings } from '#shared/contract/contract.ts';

import { shownKeys } from '../controls/shown-keys.ts';
import { keyOf } from '../screen/key-table.ts';

type Props = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly theme: Settings['theme'];
  readonly onTheme: (theme: Settings['theme']) => void;
  readonly onConnections: () => void;
  readonly onTeam: () => void;
  readonly onTemplates: () => void;
  readonly onBroadcasts: () => void;
  readonly onCosts: () => void;
  readonly onKeyGuide: () => void;
};

const themes = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** The small menu at the foot of the rail. */
export function SettingsMenu({ open, onOpenChange, ...rest }: Props): ReactElement {
  return (
    <DropdownMenu.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <DropdownMenu.Trigger className="nav-item">
        <SettingsIcon size={14} aria-hidden />
        Settings
        <kbd>{shownKeys(keyOf('settings'))}</kbd>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" side="top" align="start" sideOffset={6}>
          <Choices {...rest} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Choices({
  theme,
  onTheme,
  onConnections,
  onTeam,
  onTemplates,
  onBroadcasts,
  onCosts,
  onKeyGuide,
}: Omit<Props, 'open' | 'onOpenChange'>): ReactElement {
  return (
    <>
      <DropdownMenu.Item className="menu-item" onSelect={onConnections}>
        <Cable size={14} aria-hidden />
        Connections
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu-item" onSelect={onTeam}>
        <Users size={14} aria-hidden />
        Team
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu-item" onSelect={onCosts}>
        <Receipt size={14} aria-hidden />
        Costs
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu-item" onSelect={onTemplates}>
        <TextQuote size={14} aria-hidden />
        Templates
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu-item" onSelect={onBroadcasts}>
        <Megaphone size={14} aria-hidden />
        Broadcasts
      </DropdownMenu.Item>
      <DropdownMenu.Separator className="menu-line" />
      <DropdownMenu.Label className="section">Theme</DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={theme}>
        {themes.map(([value, words]) => (
          <DropdownMenu.RadioItem
            key={value}
            className="menu-item"
            value={value}
            onSelect={() => onTheme(value)}
          >
            <i className="radio-mark" />
            {words}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className="menu-line" />
      <DropdownMenu.Item className="menu-item" onSelect={onKeyGuide}>
        <Keyboard size={14} aria-hidden />
        Keyboard shortcuts
        <kbd>{shownKeys(keyOf('key-guide'))}</kbd>
      </DropdownMenu.Item>
    </>
  );
}
