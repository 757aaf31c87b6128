import type { ApiRequest } from '#main/http/call-api.ts';

import type { Account } from './account.ts';
import { type BodyType, compileBody } from './template/body-template.ts';
import { type Filling, Unfit } from './template/fill.ts';
import { compileHeaders } from './template/header-template.ts';
import type { Name, Syntax } from './template/placeholder.ts';
import { type Base, compileUrl } from './template/url-template.ts';

type Method = ApiRequest['method'];

/** The texts of the settings that make up one request, each with the name of its field. */
export type RequestTexts = {
  readonly method: Method;
  readonly path: readonly [field: string, text: string];
  readonly body: readonly [field: string, text: string] | null;
  readonly type: BodyType;
  readonly headers: readonly [field: string, text: string] | null;
};

export type Place = {
  readonly base: Base;
  readonly account: Account;
  readonly syntax: Syntax;
  /** What may stand in the address and the body. */
  readonly allowed: readonly Name[];
};

/** What may stand in a header: nothing that a customer wrote. */
const inHeaders: readonly Name[] = [
  'username',
  'password',
  'token',
  'reference',
  'from',
  'to',
  'installation',
];

export type WrittenRequest = Pick<ApiRequest, 'method' | 'url' | 'headers' | 'body'>;

/** Writes a request, or says why this cannot be said in it. */
export type RequestTemplate = (filling: Filling) => WrittenRequest | Unfit;

/** @throws {WrongSetting} */
export function compileRequest(texts: RequestTexts, place: Place): RequestTemplate {
  const { base, account, syntax, allowed } = place;
  const source = ([field, text]: readonly [string, string], names = allowed) => ({
    field,
    text,
    syntax,
    allowed: names,
  });
  const writeUrl = compileUrl(source(texts.path), base);
  const body = texts.body === null ? null : compileBody(source(texts.body), texts.type);
  const writeHeaders =
    texts.headers === null
      ? () => ({})
      : compileHeaders(source(texts.headers, inHeaders), Object.keys(account.headers));
  return (filling) => {
    const whole = { ...filling, words: { ...filling.words, ...account.words } };
    try {
      return {
        method: texts.method,
        url: writeUrl(whole),
        headers: {
          accept: 'application/json, application/xml;q=0.9, */*;q=0.1',
          ...writeHeaders(whole),
          ...account.headers,
          ...(body === null ? {} : { 'content-type': body.contentType }),
        },
        body: body === null ? null : body.write(whole),
      };
    } catch (error) {
      if (error instanceof Unfit) return error;
      throw error;
    }
  };
}
