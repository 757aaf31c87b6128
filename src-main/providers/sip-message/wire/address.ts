import { MalformedMessage } from './message.ts';
import { readParameters, splitList } from './split-list.ts';

/** A sip:, sips: or tel: address. `user` is decoded and without parameters; '' where there is none. */
export type SipUri = {
  readonly scheme: 'sip' | 'sips' | 'tel';
  readonly user: string;
  /** With its port, in lower case; '' in a tel: address. */
  readonly host: string;
};

const uriForm = /^(sips?):(?:([^@\s<>"]{0,256})@)?([A-Za-z0-9.\-_[\]:]{1,255})(?:[;?].*)?$/i;
const telForm = /^tel:([^;?\s<>"]{1,64})(?:[;?].*)?$/i;

/** What an address says; null where it is none of these three kinds. */
export function readUri(written: string): SipUri | null {
  const [, tel] = telForm.exec(written) ?? [];
  if (tel !== undefined) return { scheme: 'tel', user: plainNumber(decode(tel)), host: '' };
  const [, scheme, userInfo = '', host] = uriForm.exec(written) ?? [];
  if (scheme === undefined || host === undefined) return null;
  const [user = ''] = userInfo.split(/[:;]/);
  return {
    scheme: scheme.toLowerCase() === 'sips' ? 'sips' : 'sip',
    user: plainNumber(decode(user)),
    host: host.toLowerCase(),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/* Numbers may be written with marks for the eye (RFC 3966 5.1.1); names may not lose theirs. */
function plainNumber(user: string): string {
  const plain = user.replaceAll(/[-.()]/g, '');
  return /^\+?\d+$/.test(plain) ? plain : user;
}

/** A value such as `"Ann" <sip:a@b>;tag=1`: the address as written, and the parameters of the header. */
export type NameAddress = {
  readonly uri: string;
  readonly parameters: ReadonlyMap<string, string>;
};

/** @throws MalformedMessage */
export function readNameAddress(value: string): NameAddress {
  const [address = '', ...parameters] = splitList(value, ';');
  const open = address.lastIndexOf('<');
  const uri = open < 0 ? address : (/^<([^<>]+)>$/.exec(address.slice(open))?.[1] ?? '');
  if (!/^[A-Za-z][\w+.-]*:[^\s"]+$/.test(uri))
    throw new MalformedMessage('an address cannot be read');
  return { uri, parameters: readParameters(parameters) };
}
