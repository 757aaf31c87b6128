import { globSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { isOutermost, judgeImport, layerOf } from './judge-import.ts';
import { layers } from './layers.ts';

const sources = globSync(['src-*/**/*.{ts,tsx,mjs}', 'test/**/*.{ts,tsx}', 'bench/**/*.ts'])
  .map((file) => file.replaceAll('\\', '/'))
  .toSorted();

/** Every specifier a file imports, statically, dynamically or by re-export. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? '');
}

describe('layer table', () => {
  it('finds the sources', () => expect(sources.length).toBeGreaterThan(100));

  it('has every source in a layer', () => {
    expect(sources.filter((file) => !isOutermost(file) && layerOf(file) === undefined)).toEqual([]);
  });

  it('allows every import there is', () => {
    const refused = sources.flatMap((file) =>
      importsOf(file).flatMap((source) => {
        const message = judgeImport(file, source);
        return message === undefined ? [] : [`${file}: ${source}: ${message}`];
      }),
    );
    expect(refused).toEqual([]);
  });

  it('names only layers that exist', () => {
    const names = new Set(layers.map((layer) => layer.name));
    expect(layers.flatMap((layer) => layer.layers.filter((name) => !names.has(name)))).toEqual([]);
  });

  it.each([
    ['src-shared/text/a.ts', 'node:fs'],
    ['src-shared/text/a.ts', '#main/http/call-api.ts'],
    ['src-renderer/thread/A.tsx', 'node:fs'],
    ['src-renderer/thread/A.tsx', '#main/core/core.ts'],
    ['src-main/core/a.ts', 'electron'],
    ['src-main/hosts/served/a.ts', '#main/hosts/electron/start.ts'],
    ['src-main/core/a.ts', '#main/hosts/served/start.ts'],
    ['src-main/inbound/a.ts', '#main/core/core.ts'],
    ['src-main/inbound/a.ts', '#main/providers/registry.ts'],
    ['src-main/providers/sandbox/a.ts', '#main/history/threads.ts'],
    ['src-main/history/a.ts', '../../test/fakes/fake-clock.ts'],
    ['src-main/nowhere/a.ts', 'node:fs'],
    ['src-main/history/a.ts', 'left-pad'],
  ])('refuses %s importing %s', (file, source) => {
    expect(judgeImport(file, source)).toBeTypeOf('string');
  });
});
