import type { Asked, CredentialTest } from '#shared/provider/carrier-lists.ts';
import { UnreadableDelivery } from '#shared/provider/delivery.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';

import { type Account, readAccount } from '../account.ts';
import { acrobitsCapabilities } from '../capabilities.ts';
import type { NumberFormat } from '../carrier-format.ts';
import { type CheckAccount, compileCheck } from '../check-account.ts';
import { readMediaOrigins } from '../media-origins.ts';
import { type Settings, mustHave } from '../read-settings.ts';
import { type Place, type RequestTemplate, compileRequest } from '../request-template.ts';
import type { Name } from '../template/placeholder.ts';
import { fetchTexts, listTexts } from './fetch-texts.ts';
import { percents } from './percents.ts';
import { sendAcrobits } from './send-acrobits.ts';
import { TextMemory } from './text-memory.ts';

/** A server that keeps the contract, ready for use. */
export type AcrobitsProfile = {
  readonly connectionId: string;
  readonly send: RequestTemplate;
  /** Null where texts can only be sent. */
  readonly fetch: RequestTemplate | null;
  readonly check: CheckAccount | null;
  readonly account: Account;
  readonly numbers: readonly string[];
  readonly numberFormat: NumberFormat;
  /** The template says what kind of content a text is. */
  readonly sendsMedia: boolean;
  readonly memory: TextMemory;
};

/** @throws {WrongSetting} */
export function openAcrobits(settings: Settings): ProviderAdapter {
  const profile = compileProfile(settings);
  const { sendsMedia, fetch } = profile;
  const media = { origins: readMediaOrigins(settings), headers: {} };
  return {
    capabilities: acrobitsCapabilities({ sendsMedia, lists: fetch !== null }),
    send: (text, deadlineMs) => sendAcrobits(profile, text, deadlineMs),
    testCredentials: (deadlineMs) => testCredentials(profile, deadlineMs),
    readDelivery: () => {
      throw new UnreadableDelivery('by this contract nobody calls: texts are fetched');
    },
    mediaAccess: () => media,
    ...(fetch === null
      ? {}
      : { listTexts: (query, deadlineMs) => listTexts(profile, query, deadlineMs) }),
  };
}

async function testCredentials(
  profile: AcrobitsProfile,
  deadlineMs: number,
): Promise<Asked<CredentialTest>> {
  if (profile.check !== null) return profile.check(deadlineMs);
  const asked = await fetchTexts(profile, Date.now(), deadlineMs);
  return asked.kind === 'told' ? { kind: 'told', answer: { account: null } } : asked;
}

const always: readonly Name[] = ['username', 'password', 'installation'];
const inSending: readonly Name[] = ['to', 'text', 'contentType', ...always];
const inFetching: readonly Name[] = ['lastReceivedId', 'lastSentId', ...always];

function compileProfile(settings: Settings): AcrobitsProfile {
  const { base, connectionId, numbers, numberFormat, sendPath, sendBody } = settings;
  const account = readAccount(settings);
  const place = { base, account, syntax: percents, allowed: inSending };
  mustHave(settings, 'sendPath', 'give genericSmsSendUrl, or its path below the API address');
  return {
    connectionId,
    send: compileService(settings, 'send', place),
    fetch:
      settings.fetchPath === null
        ? null
        : compileService(settings, 'fetch', { ...place, allowed: inFetching }),
    check: compileCheck(settings, { ...place, allowed: always }),
    account,
    numbers,
    numberFormat,
    sendsMedia: `${sendPath} ${sendBody}`.includes('%content_type%'),
    memory: new TextMemory(),
  };
}

/** A web service is called by GET where it has no body, as the contract has it. */
function compileService(settings: Settings, name: 'send' | 'fetch', place: Place): RequestTemplate {
  const [path, body] = [settings[`${name}Path`] ?? '', settings[`${name}Body`]];
  const { sendHeaders, sendMethod } = settings;
  const withBody = name === 'send' && sendMethod !== 'GET' ? sendMethod : 'POST';
  return compileRequest(
    {
      method: body === null ? 'GET' : withBody,
      path: [`${name}Path`, path],
      body: body === null ? null : [`${name}Body`, body],
      type: settings[`${name}Type`],
      headers: sendHeaders === null ? null : ['sendHeaders', sendHeaders],
    },
    place,
  );
}
