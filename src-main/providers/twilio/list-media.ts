import type { Asked } from '#shared/provider/carrier-lists.ts';
import type { RemoteMedia } from '#shared/provider/delivery.ts';

import type { Access } from './access.ts';
import { ask } from './ask.ts';
import { mediaListShape } from './wire-types.ts';

/** What a message came with, in its order. The list of messages tells only how many there are. */
export async function listMedia(
  access: Access,
  sid: string,
  until: number,
): Promise<Asked<readonly RemoteMedia[]>> {
  const path = `${access.account}/Messages/${sid}/Media.json`;
  const question = { host: 'api', path, form: null, shape: mediaListShape } as const;
  const asked = await ask(access, question, until);
  if (asked.kind === 'not-told') return asked;
  const media = asked.answer.media_list.map(({ uri, content_type: type = null }) => ({
    url: access.origins.api + uri.replace(/\.json$/, ''),
    type,
  }));
  return { kind: 'told', answer: media };
}
