import { readOrigin } from '#main/http/read-origin.ts';

import type { Settings } from './read-settings.ts';
import { WrongSetting } from './wrong-setting.ts';

/** The API's own origin and those the settings add. @throws {WrongSetting} */
export function readMediaOrigins({ base, mediaOrigins }: Settings): readonly string[] {
  const added = mediaOrigins === null ? [] : mediaOrigins.split(',').map((each) => each.trim());
  return [...new Set([base.origin, ...added.map(readOne)])];
}

function readOne(written: string): string {
  try {
    return readOrigin(written, written);
  } catch {
    throw new WrongSetting('mediaOrigins', 'must be https origins with commas between them');
  }
}
