import { createHash } from 'node:crypto';

import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';

import { run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { exportText } from '#test/fakes/export-text.ts';
import { variedHistory } from '#test/fakes/varied-history.ts';
import { peerNumber, textIn } from '#test/fakes/write-history.ts';
import { hostileTexts } from '#test/fixtures/hostile-texts.ts';

const ours =
  /<!doctype html>|<\/?(?:html|head|title|body|header|main|section|footer|h1|h2|bdi|article|p|span|style)>|<html lang="en">|<article class="(?:in|out)">|<p class="(?:about|text)"(?: dir="auto")?>|<span class="bad">|<time datetime="[\dT:.Z-]*">|<\/time>|<meta (?:charset|http-equiv|name)="[\w-]+"(?: content="[^"<>]*")?>/g;

/** The page, and as a browser reads it. */
async function page(order: 'thread' | 'time' = 'thread') {
  const { road, texts } = await variedHistory();
  for (const name of hostileTexts.slice(0, 1)) run(road.db, sql`UPDATE threads SET name = ${name}`);
  run(road.db, sql`UPDATE lines SET label = ${'"><img src=x onerror=alert(1)>'}`);
  run(road.db, sql`UPDATE entries SET failure_raw = '<b>30006' WHERE failure_raw IS NOT NULL`);
  run(road.db, sql`UPDATE media SET type = '<i onload=x>', state = 'failed', problem = '<u>gone'`);
  const html = await exportText(road.dataFolder, { format: 'html', order });
  const { document } = new Window({ settings: { disableJavaScriptEvaluation: true } });
  document.write(html);
  return { road, texts, html, document };
}

describe('an export as a page', () => {
  it.each(['thread', 'time'] as const)('holds nothing but our own tags, by %s', async (order) => {
    const { html } = await page(order);
    const rest = html.replace(/<style>[^<]*<\/style>/, '').replaceAll(ours, '');
    expect(rest).not.toMatch(/[<>]/);
    expect(rest).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
    expect(html).not.toMatch(/\p{Cc}(?<![\n\t])/u);
  });

  it('shows every text as it is, and no element that anybody sent', async () => {
    const { texts, document } = await page('time');
    const shown = [...document.querySelectorAll('article.in p.text')].map(
      (each) => each.textContent,
    );
    const asShown = (text: string): string =>
      text
        .replaceAll('\r\n', '\n')
        .replaceAll('\0', '\u2400')
        .replaceAll('\u0001', '\u2401')
        .replaceAll('\u001b', '\u241b')
        .replaceAll('\r', '\u240d')
        .replaceAll('\x7f', '\u2421')
        .replaceAll('\x85', '\ufffd');
    expect(shown).toEqual(texts.map(asShown));
    const names = new Set([...document.querySelectorAll('*')].map((each) => each.localName));
    const known =
      'html head meta title style body header h1 p main section h2 bdi article time span footer';
    expect([...names].filter((name) => !known.split(' ').includes(name))).toEqual([]);
    const attributes = [...document.querySelectorAll('*')].flatMap((each) =>
      each.getAttributeNames(),
    );
    expect(new Set(attributes)).toEqual(
      new Set(['lang', 'charset', 'http-equiv', 'content', 'name', 'class', 'datetime', 'dir']),
    );
  });

  it('forbids scripts, requests and all styles but its own', async () => {
    const { html } = await page();
    const style = /<style>([^<]*)<\/style>/.exec(html)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(
      `content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(style).not.toMatch(/url\(|@import/);
    expect(style).toContain('@media print');
  });

  it('stands in one section for each conversation, with its heading', async () => {
    const { road, document } = await page();
    textIn(road, { peer: peerNumber(7), text: 'A new one' });
    const headings = [...document.querySelectorAll('section > h2')].map((each) => each.textContent);
    expect(headings).toEqual(
      [0, 1, 2].map(
        (index) =>
          `<script>alert(1)</script> (${peerNumber(index)}), with "><img src=x onerror=alert(1)> (+15550100001)`,
      ),
    );
    const articles = document.querySelectorAll('section article').length;
    expect(articles).toBe(document.querySelectorAll('article').length);
    expect(document.querySelector('footer')?.textContent).toBe('End of the export.');
  });

  it('says in words what became of a text, a call and a picture', async () => {
    const { document, texts } = await page();
    const about = [...document.querySelectorAll('.about')].map((each) => each.textContent);
    expect(about).toContain('2026-01-01 00:01:00, text out, delivered');
    expect(about).toContain('2026-01-01 00:01:00, text out, not delivered: landline (<b>30006)');
    expect(about).toContain('2026-01-01 00:01:00, call in, missed, 0 s');
    expect(about).toContain('2026-01-01 00:01:00, voicemail in, 7 s');
    expect(about).toContain('Attachment: <i onload=x>, <u>gone');
    expect(document.querySelector('header p')?.textContent).toMatch(
      new RegExp(
        `^All lines, ${texts.length + 5} entries, exported \\d{4}-.*All times are UTC\\.$`,
      ),
    );
  });

  it('stands by day where it is asked for by time', async () => {
    const { document } = await page('time');
    const headings = [...document.querySelectorAll('section > h2')].map((each) => each.textContent);
    expect(headings).toEqual(['2026-01-01']);
    expect(document.querySelector('article .about')?.textContent).toBe(
      '2026-01-01 00:00:00, text in, +15550200000 with +15550100001',
    );
  });

  it('is a whole page where there is nothing to tell', async () => {
    const { road } = await variedHistory();
    const html = await exportText(road.dataFolder, { format: 'html', since: 9e12 });
    expect(html).toContain('from 2255-');
    expect(html).toContain(', 0 entries, ');
    expect(html).toMatch(/<main>\n<\/main>\n<footer>/);
  });
});
