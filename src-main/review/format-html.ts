import { createHash } from 'node:crypto';

import type { About, ExportFormat } from './export-format.ts';
import type { ExportedEntry, ExportedMedia } from './exported-entry.ts';
import { pageStyle } from './html-style.ts';
import { toHtml } from './html-text.ts';
import { asTime, entryWords, stateWords } from './html-words.ts';
import type { Wanted } from './wanted-entries.ts';

/**
 * One page to read and to print, whole in itself. All it holds of others is text; its policy, which a browser that opens the
 * file obeys, allows no script and no request, and no style but its own.
 */
export function htmlFormat(order: Wanted['order']): ExportFormat {
  return {
    head,
    entry: (entry, before) => `${section(order, entry, before)}${article(order, entry)}`,
    foot: ({ total }) =>
      `${total > 0 ? '</section>\n' : ''}</main>\n<footer>End of the export.</footer>\n</body>\n</html>\n`,
  };
}

const styleDigest = createHash('sha256').update(pageStyle).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleDigest}'; base-uri 'none'; form-action 'none'`;

function head(about: About): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>Trunkline: texts and calls</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>Texts and calls</h1>
<p>${toHtml(describe(about))}</p>
</header>
<main>
`;
}

function describe({ wanted, total, madeAt }: About): string {
  const parts = [
    wanted.line === null ? 'All lines' : `Line ${wanted.line}`,
    wanted.since === null ? null : `from ${asTime(new Date(wanted.since).toISOString())}`,
    wanted.until === null ? null : `before ${asTime(new Date(wanted.until).toISOString())}`,
    `${total.toLocaleString('en-US')} ${total === 1 ? 'entry' : 'entries'}`,
    `exported ${asTime(new Date(madeAt).toISOString())}`,
  ];
  return `${parts.filter((part) => part !== null).join(', ')}. All times are UTC.`;
}

/** The end of the section before and the heading of the next, where this entry begins one. */
function section(
  order: Wanted['order'],
  entry: ExportedEntry,
  before: ExportedEntry | null,
): string {
  const title = titleOf(order, entry);
  const same =
    before !== null &&
    title === titleOf(order, before) &&
    (order === 'time' || entry.thread === before.thread);
  if (same) return '';
  return `${before === null ? '' : '</section>\n'}<section>\n<h2><bdi>${toHtml(title)}</bdi></h2>\n`;
}

function titleOf(order: Wanted['order'], entry: ExportedEntry): string {
  if (order === 'time') return entry.at?.slice(0, 10) ?? 'Without a date';
  const peer = entry.name === null ? entry.peer : `${entry.name} (${entry.peer})`;
  return `${peer}, with ${entry.lineLabel} (${entry.line})`;
}

function article(order: Wanted['order'], entry: ExportedEntry): string {
  const lines = [
    about(order, entry),
    entry.text === null || entry.text === '' ? '' : text(entry.text),
    ...entry.media.map(media),
  ];
  return `<article class="${entry.direction}">\n${lines.join('')}</article>\n`;
}

function about(order: Wanted['order'], entry: ExportedEntry): string {
  const time = `<time datetime="${entry.at ?? ''}">${asTime(entry.at)}</time>`;
  const between =
    order === 'thread'
      ? ''
      : `, <bdi>${toHtml(entry.peer)}</bdi> with <bdi>${toHtml(entry.line)}</bdi>`;
  const state = stateWords(entry);
  const wrong = entry.failure !== null || entry.undecided === true ? ' class="bad"' : '';
  const outcome = state === null ? '' : `, <span${wrong}><bdi>${toHtml(state)}</bdi></span>`;
  return `<p class="about">${time}, ${toHtml(entryWords(entry))}${between}${outcome}</p>\n`;
}

const text = (words: string): string => `<p class="text" dir="auto">${toHtml(words)}</p>\n`;

function media({ id, type, state, size, problem }: ExportedMedia): string {
  const words =
    state === 'stored'
      ? `${type}, ${size.toLocaleString('en-US')} bytes, media/${id.slice(0, 2)}/${id}`
      : `${type}, ${state === 'failed' ? (problem ?? 'could not be fetched') : 'not fetched yet'}`;
  return `<p class="about">Attachment: <bdi>${toHtml(words)}</bdi></p>\n`;
}
