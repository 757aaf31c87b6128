import type { ProviderAdapter, ProviderDefinition } from '#shared/provider/provider.ts';

import { openAcrobits } from './acrobits/acrobits-profile.ts';
import { capabilities } from './capabilities.ts';
import { type Settings, readSettings } from './read-settings.ts';
import { openTemplate } from './template-profile.ts';
import { openGuard } from './webhook.ts';

/**
 * A carrier that has no adapter of its own, by what a person says of its HTTP API. `open` throws an Error that names the setting that
 * is wrong, and the place in it.
 */
export const genericHttp: ProviderDefinition = {
  id: 'generic-http',
  capabilities,
  open(connection) {
    const settings = readSettings(connection);
    return { adapter: openAdapter(settings), guard: openGuard(settings) };
  },
};

function openAdapter(settings: Settings): ProviderAdapter {
  switch (settings.contract) {
    case 'template':
      return openTemplate(settings);
    case 'acrobits':
      return openAcrobits(settings);
  }
}
