import type { HookAddress } from '#shared/provider/carrier-lists.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';

import { type Account, readAccount } from './account.ts';
import { type AnswerRules, readAnswerRules } from './answer-rules.ts';
import { templateCapabilities } from './capabilities.ts';
import type { NumberFormat } from './carrier-format.ts';
import { type CheckAccount, compileCheck } from './check-account.ts';
import { type DeliveryRules, readDeliveryRules } from './delivery-rules.ts';
import { readMediaOrigins } from './media-origins.ts';
import { mediaPlacesIn } from './media-places.ts';
import { readDelivery } from './read-delivery.ts';
import { type Settings, mustHave } from './read-settings.ts';
import { type RequestTemplate, compileRequest } from './request-template.ts';
import { sendText } from './send-text.ts';
import { accountNames, braces, textNames } from './template/placeholder.ts';

/** A carrier as the settings describe it, ready for use. */
export type TemplateProfile = {
  readonly request: RequestTemplate;
  readonly account: Account;
  readonly numberFormat: NumberFormat;
  readonly answers: AnswerRules;
  readonly deliveries: DeliveryRules;
  readonly check: CheckAccount | null;
  readonly hooks: readonly HookAddress[];
  /** How many attachments a text may have. */
  readonly mediaPlaces: number;
  /** Receipts name a text by our reference alone, so that this has to be its id. */
  readonly knownByReference: boolean;
};

/** @throws {WrongSetting} */
export function openTemplate(settings: Settings): ProviderAdapter {
  const profile = compileProfile(settings);
  const capabilities = templateCapabilities(profile);
  const media = { origins: readMediaOrigins(settings), headers: {} };
  return {
    capabilities,
    send: (text, deadlineMs) => sendText(profile, text, deadlineMs),
    testCredentials: (deadlineMs) => checkAccount(profile, deadlineMs),
    readDelivery: (raw) => readDelivery(profile.deliveries, raw),
    mediaAccess: () => media,
  };
}

function checkAccount({ check }: TemplateProfile, deadlineMs: number) {
  if (check !== null) return check(deadlineMs);
  const raw = 'No checkPath is given, so only a text can show whether the credentials are good.';
  return Promise.resolve({ kind: 'not-told', failure: { kind: 'unmapped', raw } } as const);
}

function compileProfile(settings: Settings): TemplateProfile {
  const { base, sendMethod: method, sendBody, sendHeaders, hooks, numberFormat } = settings;
  const path = mustHave(settings, 'sendPath', 'give the path to send at, such as /sms/send');
  const account = readAccount(settings);
  const place = { base, account, syntax: braces, allowed: [...textNames, ...accountNames] };
  const deliveries = readDeliveryRules(settings);
  const request = compileRequest(
    {
      method,
      path: ['sendPath', path],
      body: sendBody === null ? null : ['sendBody', sendBody],
      type: settings.sendType,
      headers: sendHeaders === null ? null : ['sendHeaders', sendHeaders],
    },
    place,
  );
  return {
    request,
    account,
    numberFormat,
    answers: readAnswerRules(settings),
    deliveries,
    check: compileCheck(settings, { ...place, allowed: accountNames }),
    hooks,
    mediaPlaces: mediaPlacesIn([path, sendBody ?? '']),
    knownByReference: deliveries.receipts !== null && deliveries.receipts.id === null,
  };
}
