import { type SipHeader, headerOf } from './message.ts';
import { readParameters, splitList } from './split-list.ts';

/** A media type in lower case with its parameters; text/plain where a body has none. */
export type ContentType = {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
};

export function contentTypeOf(part: { readonly headers: readonly SipHeader[] }): ContentType {
  const [type = 'text/plain', ...parameters] = splitList(
    headerOf(part, 'content-type') ?? 'text/plain',
    ';',
  );
  return { type: type.toLowerCase().replaceAll(/\s/g, ''), parameters: readParameters(parameters) };
}
