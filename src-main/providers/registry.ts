import type { ProviderDefinition } from '#shared/provider/provider.ts';

import { flowroute } from './flowroute/adapter.ts';
import { genericHttp } from './generic-http/adapter.ts';
import { plivo } from './plivo/adapter.ts';
import { sandbox } from './sandbox/adapter.ts';
import { sipMessage } from './sip-message/adapter.ts';
import { smpp } from './smpp/adapter.ts';
import { telnyx } from './telnyx/adapter.ts';
import { twilio } from './twilio/adapter.ts';
import { vonage } from './vonage/adapter.ts';

/** Every carrier there is, in the order they are offered. */
export const providers: readonly ProviderDefinition[] = [
  sandbox,
  twilio,
  telnyx,
  flowroute,
  vonage,
  plivo,
  sipMessage,
  smpp,
  genericHttp,
];

/** The carrier with this id; undefined where there is none. */
export function findProvider(id: string): ProviderDefinition | undefined {
  return providers.find((provider) => provider.id === id);
}
