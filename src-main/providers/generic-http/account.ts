import { basicAuth } from '#main/http/basic-auth.ts';

import { type Settings, mustHave } from './read-settings.ts';
import { mustBeHeaderText, readFreeName } from './template/header-template.ts';
import { percentEncode } from './template/percent.ts';
import type { Name } from './template/placeholder.ts';

/** Who we are to the carrier. */
export type Account = {
  /** What stands in the account's placeholders. */
  readonly words: Readonly<Partial<Record<Name, string | null>>>;
  /** The headers that say who we are. */
  readonly headers: Readonly<Record<string, string>>;
  /** Nothing of this may come back in words about a failure. */
  readonly secrets: readonly string[];
};

/** @throws {WrongSetting} where what the chosen way needs is not there */
export function readAccount(settings: Settings): Account {
  const { username, password, token } = settings;
  const headers = authHeaders(settings);
  const given = [username, password, token].filter((each) => each !== null);
  return {
    words: { username, password, token },
    headers,
    secrets: [...given.flatMap(inEveryForm), ...Object.values(headers).map(withoutScheme)],
  };
}

function authHeaders(settings: Settings): Readonly<Record<string, string>> {
  const why = `auth ${settings.auth} needs it`;
  switch (settings.auth) {
    case 'none':
      return {};
    case 'basic': {
      const username = mustHave(settings, 'username', why);
      return { authorization: basicAuth(username, mustHave(settings, 'password', why)) };
    }
    case 'bearer':
      return { authorization: `Bearer ${tokenOf(settings, why)}` };
    case 'header': {
      const name = readFreeName('authHeader', mustHave(settings, 'authHeader', why));
      return { [name]: tokenOf(settings, why) };
    }
  }
}

function tokenOf(settings: Settings, why: string): string {
  const token = mustHave(settings, 'token', why);
  mustBeHeaderText('token', token);
  return token;
}

/** As it is, and as it looks inside JSON, in a URL or a form, and in XML. */
function inEveryForm(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inUrl = encodeURIComponent(secret);
  const inXml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [...new Set([secret, inJson, percentEncode(secret), inUrl, inXml])];
}

const withoutScheme = (value: string): string => value.replace(/^(?:Basic|Bearer) /, '');
