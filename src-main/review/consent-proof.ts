import { type ChainedEvent, listChained, readHead } from '#main/history/consent-ledger.ts';
import { verifyConsent } from '#main/history/verify-consent.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { ConsentEvent } from '#shared/compliance/consent-event.ts';
import { consentState, inOrder } from '#shared/compliance/consent-state.ts';
import { showConsentEvent, summariseConsent } from '#shared/compliance/show-consent.ts';
import type { ConsentSummary, ShownConsentEvent } from '#shared/contract/consent-commands.ts';

import { toHtml } from './html-text.ts';

/** Whose consent is proved, when that is, and as of which moment; null: of all that is known. */
export type ProofOf = {
  readonly number: string;
  readonly now: number;
  readonly asOf: number | null;
};

export type Proof = { readonly name: string; readonly type: string; readonly text: string };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const howToCheck =
  'Each hash is the SHA-256 of the 32 octets of "previous" and the UTF-8 octets of "event" behind them. "previous" is the hash ' +
  'of the event before in the ledger, which may be another number’s; of the first it is 32 zero octets. "head" is the hash of the ' +
  'ledger’s last event when this was made: keep it, and no event before it can be changed unnoticed.';

type Contents = {
  readonly consent: ConsentSummary;
  readonly asOf: string | null;
  readonly madeAt: string;
  readonly head: { readonly count: number; readonly hash: string };
  readonly faults: readonly string[];
  readonly howToCheck: string;
  readonly events: readonly {
    readonly id: number;
    readonly at: string;
    readonly title: string;
    readonly detail: string;
    readonly event: string;
    readonly previous: string;
    readonly hash: string;
  }[];
};

/** Everything on file about a number's consent with the chain that shows it was not changed since: for machines, or to read. */
export function consentProof(db: ReadableDb, of: ProofOf, format: 'json' | 'html'): Proof {
  const contents = readContents(db, of);
  const name = `consent-${of.number.replaceAll(/[^0-9A-Za-z]/g, '')}.${format}`;
  return format === 'json'
    ? { name, type: 'application/json', text: `${JSON.stringify(contents, null, 2)}\n` }
    : { name, type: 'text/html', text: proofPage(contents) };
}

/** The same facts, to be shown or printed otherwise. */
export function readContents(db: ReadableDb, { number, now, asOf }: ProofOf): Contents {
  const rows = listChained(db, number).map((row) => ({ ...row, read: read(row) }));
  const shown = rows.filter(({ read: { at } }) => asOf === null || at <= asOf);
  const when = asOf === null ? { now } : { now: asOf, asOf };
  const events = rows.map((row) => row.read);
  const head = readHead(db);
  return {
    consent: summariseConsent(number, consentState(events, when)),
    asOf: asOf === null ? null : new Date(asOf).toISOString(),
    madeAt: new Date(now).toISOString(),
    head: { count: head.count, hash: hex(head.hash) },
    faults: verifyConsent(db).map(({ words }) => words),
    howToCheck,
    events: shown.toSorted((a, b) => inOrder(a.read, b.read)).map(proved),
  };
}

const read = ({ event }: ChainedEvent): ConsentEvent => JSON.parse(event) as ConsentEvent;

function proved({ id, event, previous, hash, read: known }: ChainedEvent & { read: ConsentEvent }) {
  const { title, detail, at }: ShownConsentEvent = showConsentEvent(known);
  return {
    id,
    at: new Date(at).toISOString(),
    title,
    detail,
    event,
    previous: hex(previous),
    hash: hex(hash),
  };
}

const style =
  'body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.4rem;text-align:left;vertical-align:top}' +
  'code{font-size:11px;overflow-wrap:anywhere}';

function proofPage({ consent, asOf, madeAt, head, faults, events }: Contents): string {
  const title = `Consent of ${consent.number}`;
  const rows = events.map(
    ({ id, at, title: what, detail, event, previous, hash }) =>
      `<tr><td>${id}</td><td>${at}</td><td><b>${toHtml(what)}</b><br>${toHtml(detail)}</td>` +
      `<td><code>${toHtml(event)}</code><br>previous <code>${previous}</code><br>hash <code>${hash}</code></td></tr>`,
  );
  const verdict =
    faults.length === 0 ? 'The whole chain of the ledger holds.' : faults.map(toHtml).join('<br>');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${toHtml(title)}</title><style>${style}</style></head><body>
<h1>${toHtml(title)}</h1>
<p>Standing${asOf === null ? '' : ` as of ${asOf}`}: <b>${toHtml(consent.standing)}</b>. Made at ${madeAt}.</p>
<p>${verdict} It has ${head.count} events; its head is <code>${head.hash}</code>.</p>
<table><thead><tr><th>Number</th><th>Time</th><th>What</th><th>Proof</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
<p>${toHtml(howToCheck)}</p>
</body></html>
`;
}
