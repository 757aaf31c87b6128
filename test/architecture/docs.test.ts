import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readConnectFile } from '#main/core/connections/connect-file.ts';
import type { Machine } from '#main/core/data-folder.ts';
import { readOptions } from '#main/core/read-options.ts';
import { readRelayOptions } from '#main/hosts/relay/read-relay-options.ts';
import { presets } from '#main/providers/presets.ts';
import { providers } from '#main/providers/registry.ts';
import { behaviourOf } from '#main/sandbox-carrier/behaviours.ts';
import { keyTable, localKeys } from '#renderer/screen/key-table.ts';
import type { Capabilities } from '#shared/provider/capabilities.ts';

import { layers } from './layers.ts';

const documents = ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md')];
const read = (file: string): string => readFileSync(file, 'utf8');
const readme = read('README.md');

const unique = (found: Iterable<string>): string[] => [...new Set(found)].toSorted();
const group = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** The rows of a table, cell by cell, from the heading to the next one. */
function tableUnder(text: string, heading: string): string[][] {
  const section = text.split(`\n${heading}\n`)[1]?.split(/\n#+ /)[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
}

const bare = (cell: string): string => cell.replaceAll('`', '');

describe.each(documents)('%s', (file) => {
  const text = read(file);

  it('names only files and folders that exist', () => {
    const named = group(
      text,
      /(?<![\w/.-])((?:src-main|src-renderer|src-shared|test|bench|docs)\/[\w./-]*\w)/g,
    );
    expect(unique(named).filter((each) => !existsSync(each))).toEqual([]);
  });

  it('links only to what exists', () => {
    const links = group(text, /\]\((?!https?:)([^)#]+)/g);
    const from = path.dirname(file);
    expect(unique(links).filter((link) => !existsSync(path.join(from, link)))).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = group(text, /`npm run ([\w:-]+)/g);
    expect(unique(named).filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('README', () => {
  const machine: Machine = { platform: 'linux', env: {}, home: '/home/ada', cwd: '/' };

  it.each([
    ['## Flags and environment', readOptions(['--help'], machine), 'see below'],
    ['## A relay for a team', readRelayOptions(['--help'], machine), '…/trunkline-relay'],
  ])('under %s lists what --help lists, to the word', (heading, help, folder) => {
    if (help.kind !== 'help') throw new Error('--help brings no help');
    const flags = [
      ...help.text.matchAll(/^ {2}(--\S+(?: [A-Z]+)?) +(.+) \((\w+)(?:; (.+) unless set)?\)$/gm),
    ];
    const told = flags.map(([, flag, about, variable, fallback]) => {
      if (flag?.startsWith('--data')) return [flag, variable, folder, about];
      const otherwise = flag?.includes(' ') ? 'none' : 'off';
      return [flag, variable, fallback ?? otherwise, about];
    });
    expect(told.length).toBeGreaterThan(3);
    const rows = tableUnder(readme, heading).slice(1);
    expect(rows.map((row) => row.map(bare))).toEqual(told);
  });

  it('lists every sandbox number that does something of its own', () => {
    const plain = JSON.stringify(behaviourOf('+15550109999'));
    const endings = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'));
    const special = endings.filter(
      (ending) => JSON.stringify(behaviourOf(`+1555010${ending}`)) !== plain,
    );
    const listed = tableUnder(readme, '## The sandbox').map(([ending]) => ending ?? '');
    const numbers = listed.filter((ending) => /^\d{4}$/.test(ending));
    expect(special.filter((ending) => !numbers.includes(ending))).toEqual([]);
    expect(numbers.filter((ending) => !special.includes(ending))).toEqual(['0101']);
  });

  it('lists every key', () => {
    const rows = tableUnder(readme, '## Keyboard').slice(1);
    const listed = rows.map(([keys, words]) => [group(keys ?? '', /`([^`]+)`/g), words]);
    const ends = (keys: readonly string[]) => (keys.length > 2 ? [keys[0], keys.at(-1)] : keys);
    expect(listed).toEqual([
      ...keyTable.map(({ keys, words }) => [ends(keys), words]),
      ...localKeys.map(({ keys, words }) => [[keys], words]),
    ]);
  });

  it('quotes only sentences that Trunkline says', () => {
    const sources = globSync(['src-*/**/*.{ts,tsx,mjs}', 'test/app/*.ts']).map(read).join('\n');
    const said = sources.replaceAll(/\s+/g, ' ').replaceAll("\\'", "'");
    const chapters = [
      '### It starts in the browser instead of a window',
      '### It does not start',
      '### It runs, but',
    ];
    const quoted = chapters.flatMap((chapter) =>
      tableUnder(readme, chapter)
        .slice(1)
        .flatMap(([sentence]) => group(sentence ?? '', /`([^`]+)`/g)),
    );
    expect(quoted.length).toBeGreaterThan(40);
    const unsaid = quoted.filter((sentence) =>
      sentence.split('…').some((part) => !said.includes(part)),
    );
    expect(unsaid).toEqual([]);
  });
});

describe.each(providers.filter(({ id }) => id !== 'sandbox'))('README on $id', (provider) => {
  const { id, capabilities } = provider;
  const heading = `### ${capabilities.label}`;

  it('says in the table of all what it can do', () => {
    const row = tableUnder(readme, '### What each can do').find(
      ([first]) => bare(first ?? '') === id,
    );
    const [, label, road, pictures, receipts, past, calls, numbers, told] = row ?? [];
    expect(label).toBe(capabilities.label);
    expect(road).toMatch(roadOf(capabilities));
    if (pictures !== 'as set') expect(pictures).toBe(capabilities.mms ? 'yes' : 'no');
    if (receipts !== 'as set')
      expect(receipts?.split(',')[0]).toBe(capabilities.deliveryReceipts ? 'yes' : 'no');
    expect(past !== 'no').toBe(capabilities.listsMessages);
    expect(calls).toBe(capabilities.listsCalls ? 'yes' : 'no');
    expect(numbers).toBe(numberWordsOf(capabilities));
    expect(told).toBe(hookWordsOf(capabilities));
  });

  it('names its credentials, and nothing else, as those', () => {
    const cells = tableUnder(readme, heading).map(([first]) => first ?? '');
    const named = cells.flatMap((cell) => group(cell, /`([^`]+)`/g));
    expect(unique(named)).toEqual(unique(capabilities.credentials.map(({ name }) => name)));
  });

  it('says which of them may be left out', () => {
    const optional = new Map(capabilities.credentials.map((field) => [field.name, field.optional]));
    const rows = tableUnder(readme, heading).slice(1);
    const wrong = rows.filter(([names = '', words = '']) => {
      const each = group(names, /`([^`]+)`/g).map((name) => optional.get(name));
      return words.startsWith('optional') && !each.every((may) => may === true);
    });
    expect(wrong).toEqual([]);
  });

  it('shows files that it can be connected with', () => {
    const section = readme.split(`\n${heading}\n`)[1]?.split(/\n#+ /)[0] ?? '';
    const files = group(section, /```json\n([^]*?)```/g);
    expect(files).not.toEqual([]);
    for (const file of files) {
      const read = readConnectFile(file, { provider: id, publicUrl: null });
      if (read.kind === 'wrong') throw new Error(read.sentence);
      const { baseUrl, credentials, numbers: lines } = read.wanted;
      const numbers = lines.map(({ number }) => number);
      const open = () =>
        provider.open({ connectionId: 'c1', baseUrl, credentials, numbers, hooks: [] });
      expect(open).not.toThrow();
    }
  });
});

describe('README on SIPNEX', () => {
  it('names what its presets are over', () => {
    const section = readme.split('\n### SIPNEX\n')[1]?.split('\n## ')[0] ?? '';
    const over = presets.filter(({ id }) => id.startsWith('sipnex')).map((preset) => preset.over);
    expect(over).not.toEqual([]);
    expect(over.filter((id) => !section.includes(`\`${id}\``))).toEqual([]);
  });
});

function roadOf({ keepsSession, signedWebhooks }: Capabilities): RegExp {
  if (keepsSession) return /^standing session$/;
  return signedWebhooks ? /^signed webhook$/ : /^secret address/;
}

function numberWordsOf({ listsNumbers, tellsCampaigns, buysNumbers }: Capabilities): string {
  if (!listsNumbers) return 'by hand';
  return `listed${tellsCampaigns ? ' with registration' : ''}${buysNumbers ? ', sold' : ''}`;
}

function hookWordsOf({ hooks, configuresWebhooks }: Capabilities): string {
  if (hooks.length === 0) return 'not needed';
  return configuresWebhooks ? 'from here' : 'by hand';
}

describe('docs/architecture.md', () => {
  const rows = tableUnder(read('docs/architecture.md'), '## Who may import whom').slice(1);

  /** What is wrong with a row of the table of layers; null where it is true. */
  function faultOf(row: readonly string[]): string | null {
    const [name, under, mayImport, packages] = row.map(bare);
    const layer = layers.find((each) => each.name === name);
    if (layer === undefined) return 'there is no such layer';
    if (layer.under !== under) return `it lies under ${layer.under}`;
    const names = (cell = ''): string[] => (cell === 'nothing' ? [] : cell.split(', '));
    const allowed = [...layer.layers, ...layer.packages];
    const refused = [...names(mayImport), ...names(packages)].filter(
      (each) => !allowed.includes(each),
    );
    return refused.length === 0 ? null : `it may not import ${refused.join(', ')}`;
  }

  it('tells of layers only what is so', () => {
    const layersTold = rows.filter(([name]) => name !== 'provider-…');
    expect(layersTold.length).toBeGreaterThan(15);
    const faults = layersTold.map((row) => [row[0], faultOf(row)]);
    expect(faults.filter(([, fault]) => fault !== null)).toEqual([]);
  });
});
