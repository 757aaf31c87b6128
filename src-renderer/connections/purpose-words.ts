import type { HookPurpose } from '#shared/provider/capabilities.ts';

/** What the carrier calls an address for. */
export const purposeWords: Readonly<Record<HookPurpose, string>> = {
  messages: 'Incoming texts',
  mms: 'Incoming pictures',
  receipts: 'Receipts of texts',
  'mms-receipts': 'Receipts of pictures',
  calls: 'Calls',
};
