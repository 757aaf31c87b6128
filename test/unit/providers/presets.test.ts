import { describe, expect, it } from 'vitest';

import { presets } from '#main/providers/presets.ts';
import { findProvider } from '#main/providers/registry.ts';

describe.each(presets.map((preset) => [preset.id, preset] as const))(
  'the preset %s',
  (_id, preset) => {
    const fields = findProvider(preset.over)?.capabilities.credentials ?? [];

    it('fills a form that there is, with values it takes', () => {
      expect(fields.length).toBeGreaterThan(0);
      for (const [name, value] of Object.entries(preset.values)) {
        const field = fields.find((each) => each.name === name);
        expect(field, name).toBeDefined();
        if (field?.choices !== undefined) expect(field.choices).toContain(value);
      }
    });

    it('asks for what it leaves blank, and for everything the form needs', () => {
      const blanks = preset.blanks.map(({ field }) => field);
      const known = [...fields.map(({ name }) => name), 'baseUrl'];
      expect(blanks.filter((name) => !known.includes(name))).toEqual([]);
      const needed = fields.filter((field) => !field.optional).map(({ name }) => name);
      expect(needed.filter((name) => !blanks.includes(name) && !(name in preset.values))).toEqual(
        [],
      );
    });

    it('claims no host, no number and no secret', () => {
      expect(Object.values(preset.values).join(' ')).not.toMatch(/\.[a-z]{2,}|https?:|\d{7}/);
      expect(preset.unverified).toBe(true);
      expect(preset.questions.length).toBeGreaterThan(5);
    });
  },
);

it('no two presets have one id, and none has that of a carrier', () => {
  const ids = presets.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => findProvider(id) !== undefined)).toEqual([]);
});
