import { describe, expect, it } from 'vitest';

import { fillTemplate } from '#shared/template/fill-template.ts';
import { lintTemplate, lintWithoutRows } from '#shared/template/lint-template.ts';
import { fieldNameOf, fieldNames } from '#shared/template/read-fields.ts';

describe('a template', () => {
  it.each([
    ['Hi {first_name}!', { first_name: 'Ann' }, 'Hi Ann!', []],
    ['Hi {first_name|there}!', {}, 'Hi there!', []],
    ['Hi {first_name|there}!', { first_name: ' ' }, 'Hi there!', []],
    ['Hi{first_name|}!', {}, 'Hi!', []],
    [
      'Hi {first_name}, {order} {order}',
      { first_name: 'Ann' },
      'Hi Ann, {order} {order}',
      ['order'],
    ],
    ['{"json": 1} { x } {X}', {}, '{"json": 1} { x } {X}', []],
    ['{a}', { a: '{b}' }, '{b}', []],
    ['{constructor}', {}, '{constructor}', ['constructor']],
  ])('%s with %j', (template, known, ...filled) => {
    const { text, missing } = fillTemplate(template, known);
    expect([text, missing]).toEqual(filled);
  });

  it('names its fields once', () => {
    expect(fieldNames('{b} {a|x} {b}')).toEqual(['b', 'a']);
    expect(['First name', ' E-Mail ', 'Größe'].map(fieldNameOf)).toEqual([
      'first_name',
      'e_mail',
      'gr_e',
    ]);
  });
});

describe('the worst that a template makes', () => {
  const template = `Hi {first_name}, ${'x'.repeat(140)}`;

  it('is found over every row, with the rows that make it', () => {
    const rows = [{ first_name: 'Ann' }, { first_name: 'Zoë ł' }, {}, { first_name: 'Bob' }];
    expect(lintTemplate(template, rows)).toEqual({
      segments: 3,
      worst: 1,
      worstRows: [1],
      unicode: 1,
      missing: { first_name: 1 },
    });
  });

  it('is told for long names where there are no rows', () => {
    expect(lintWithoutRows(template)).toMatchObject({ segments: 3, unicode: 1, missing: {} });
    expect(lintWithoutRows('Hello')).toMatchObject({ segments: 1, unicode: 0 });
  });
});
