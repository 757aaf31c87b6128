/** `destination` is what the person must see before going there: the real host, the mailbox or the number. */
export type JudgedLink =
  | { readonly kind: 'open'; readonly address: string; readonly destination: string }
  | { readonly kind: 'refused'; readonly why: string };

/** Longest link handed to another program, in characters, before and after it is written anew. */
const maxLength = 2_048;

/** C0 controls and DEL: an URL parser drops some of them unseen, so that `java\nscript:` would become a scheme. */
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u001f\u007f]/;
const webPattern = /^https?:\/\/[^/\\]/i;
const numberPattern = /^\+?[0-9().-]{1,32}(?:;ext=[0-9]{1,8})?$/;
const mailboxPattern = /^[A-Za-z0-9.!#$&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}$/;

/** Judges whether a link may be opened in another program. Everything not plainly harmless is refused. */
export function judgeLink(raw: string): JudgedLink {
  if (raw.length > maxLength) return refused('The link is too long.');
  if (controls.test(raw)) return refused('The link holds characters that cannot be seen.');
  const url = URL.parse(raw);
  if (url === null) return refused('The link is not a web address.');
  const judged = judgeByScheme(raw, url);
  if (judged.kind === 'open' && judged.address.length > maxLength)
    return refused('The link is too long.');
  return judged;
}

function judgeByScheme(raw: string, url: URL): JudgedLink {
  switch (url.protocol) {
    case 'http:':
    case 'https:':
      return judgeWeb(raw, url);
    case 'mailto:':
      return judgeMail(url);
    case 'tel:':
      return judgeNumber(url);
    default:
      return refused('Only web, mail and telephone links are opened.');
  }
}

function judgeWeb(raw: string, url: URL): JudgedLink {
  // A browser reads `http:/x`, `http:x` and `http:\\x` all as a host; nobody who means well writes them.
  if (!webPattern.test(raw) || raw.includes('\\')) return refused('The link is malformed.');
  if (url.username !== '' || url.password !== '')
    return refused('The link hides its host behind a user name.');
  // Below 1024 lie mail, telnet and the like, which a link can be made to speak to.
  if (url.port !== '' && Number(url.port) < 1_024) return refused('The link names an odd port.');
  return { kind: 'open', address: url.href, destination: url.host };
}

/** Only mailbox, subject and text go on: a mail program may take other fields as files to attach. */
function judgeMail(url: URL): JudgedLink {
  if (!mailboxPattern.test(url.pathname)) return refused('The link is not to one mailbox.');
  const fields = ['subject', 'body'].flatMap((name) => {
    const value = url.searchParams.get(name);
    return value === null ? [] : [`${name}=${encodeURIComponent(value.toWellFormed())}`];
  });
  const query = fields.length === 0 ? '' : `?${fields.join('&')}`;
  return { kind: 'open', address: `mailto:${url.pathname}${query}`, destination: url.pathname };
}

function judgeNumber(url: URL): JudgedLink {
  const number = url.pathname;
  if (!numberPattern.test(number) || url.search !== '' || url.hash !== '')
    return refused('The link is not to a telephone number.');
  return { kind: 'open', address: `tel:${number}`, destination: number };
}

function refused(why: string): JudgedLink {
  return { kind: 'refused', why };
}
