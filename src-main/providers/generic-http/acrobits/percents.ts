import type { Name, Syntax } from '../template/placeholder.ts';

/** The names of the Acrobits documents, the usual one first. */
const names: readonly (readonly [string, Name])[] = [
  ['sms_to', 'to'],
  ['sms_body', 'text'],
  ['content_type', 'contentType'],
  ['account[username]', 'username'],
  ['account[authUsername]', 'username'],
  ['account[cloud_username]', 'username'],
  ['account[password]', 'password'],
  ['account[cloud_password]', 'password'],
  ['last_known_sms_id', 'lastReceivedId'],
  ['last_known_sent_sms_id', 'lastSentId'],
  ['installid', 'installation'],
];

/** `%sms_to%`, `%account[username]%`, as a provider writes them into an Account XML. */
export const percents: Syntax = {
  pattern: /%([a-zA-Z_]+(?:\[\w*\])?)%/g,
  leftover: null,
  read(written) {
    const name = names.find(([each]) => each === written)?.[1];
    return name === undefined ? null : { name, nth: null };
  },
  write(name) {
    const written = names.find(([, each]) => each === name)?.[0];
    return written === undefined ? null : `%${written}%`;
  },
};
