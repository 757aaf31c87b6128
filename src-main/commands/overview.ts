import { listLines } from '#main/history/lines.ts';
import { readSettings, saveSettings } from '#main/history/settings.ts';
import { countViews } from '#main/history/thread-pages.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';

import type { Desk } from './desk.ts';

/** Everything the screen needs before its first page. */
export function getOverview(desk: Desk): CommandOutput<'overview.get'> {
  return {
    lines: listLines(desk.db),
    counts: countViews(desk.db),
    connections: desk.connections.list(),
    health: desk.health(),
    settings: readSettings(desk.db),
    mediaBase: desk.mediaBase,
  };
}

export function changeSettings(
  desk: Desk,
  settings: CommandInput<'settings.save'>,
): CommandOutput<'settings.save'> {
  saveSettings(desk.db, settings);
  desk.tell('settings.changed', { settings });
  return {};
}
