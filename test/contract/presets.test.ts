import { describe, expect, test } from 'vitest';

import { presets } from '#main/providers/presets.ts';
import { findProvider } from '#main/providers/registry.ts';

describe.each(presets)('the preset $id', (preset) => {
  const capabilities = findProvider(preset.over)?.capabilities;
  const fields = capabilities?.credentials ?? [];
  const blanks = preset.blanks.map(({ field }) => field);

  test.skipIf(capabilities === undefined)(
    'fills or asks for fields that its provider has, each once',
    () => {
      const names = [
        ...fields.map(({ name }) => name),
        ...(capabilities?.needsAddress === true ? ['baseUrl'] : []),
      ];
      const used = [...Object.keys(preset.values), ...blanks];
      expect(used.filter((name) => !names.includes(name))).toEqual([]);
      expect(new Set(used).size).toBe(used.length);
      const needed = fields.filter(({ optional }) => !optional).map(({ name }) => name);
      expect(needed.filter((name) => !used.includes(name))).toEqual([]);
      for (const { name, choices } of fields)
        if (choices !== undefined && name in preset.values)
          expect(choices).toContain(preset.values[name]);
    },
  );

  test('says that it is unverified, names no host, and brings its questions', () => {
    expect(preset.unverified).toBe(true);
    expect(preset.label).toContain('unverified');
    expect(JSON.stringify({ ...preset.values })).not.toMatch(/\w\.\w{2,}|:\/\//);
    expect(preset.questions.length).toBeGreaterThan(9);
    expect(
      [...preset.questions, ...preset.blanks.map(({ question }) => question)].every((each) =>
        each.endsWith('?'),
      ),
    ).toBe(true);
  });
});

test('no two presets have one id, and none has that of a carrier', () => {
  expect(presets.filter(({ id }) => findProvider(id) !== undefined)).toEqual([]);
  expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
});
