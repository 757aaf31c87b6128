import { describe, expect, it } from 'vitest';

import { areaCodes } from '#shared/phone/area-codes.ts';
import { findArea } from '#shared/phone/find-area.ts';

describe('where an area code was issued', () => {
  it('names every code once, three digits each', () => {
    const codes = areaCodes.flatMap((area) => area.codes.split(' '));
    expect(codes.filter((code) => !/^[2-9]\d\d$/.test(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThan(380);
  });

  it('names zones that the runtime knows', () => {
    const zones = [...new Set(areaCodes.flatMap((area) => area.zones))];
    for (const timeZone of zones)
      expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
  });

  it.each([
    ['+12125550100', 'area'],
    ['+18095550100', 'abroad'],
    ['+442071234567', 'abroad'],
    ['+18005550100', 'anywhere'],
    ['+15555550100', 'anywhere'],
    ['72345', 'abroad'],
  ])('%s: %s', (number, kind) => {
    expect(findArea(number).kind).toBe(kind);
  });
});
