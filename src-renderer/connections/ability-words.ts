import type { Capabilities } from '#shared/provider/capabilities.ts';

/** What a carrier can do, a few words each, in the order in which people ask. */
export function abilityWords(able: Capabilities): string[] {
  const abilities: readonly (readonly [boolean, string])[] = [
    [able.mms, 'Pictures (MMS)'],
    [able.deliveryReceipts, 'Receipts'],
    [able.hooks.length > 0 && able.signedWebhooks, 'Signed webhooks'],
    [able.hooks.length > 0 && !able.signedWebhooks, 'Webhooks at a secret address'],
    [able.keepsSession, 'Standing session'],
    [able.listsMessages, 'Lists past texts'],
    [able.listsNumbers, 'Lists numbers'],
    [able.buysNumbers, 'Sells numbers'],
    [able.listsCalls, 'Calls'],
  ];
  return abilities.filter(([can]) => can).map(([, words]) => words);
}
