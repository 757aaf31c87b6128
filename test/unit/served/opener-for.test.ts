import { describe, expect, it } from 'vitest';

import { openerFor } from '#main/hosts/served/open-browser.ts';

const url = 'http://127.0.0.1:4417/#token=a';

describe('the opener of a browser', () => {
  it.each([
    ['darwin', {}, 'open'],
    ['win32', {}, 'rundll32'],
    ['linux', { DISPLAY: ':0' }, 'xdg-open'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
    ['freebsd', { DISPLAY: ':0' }, 'xdg-open'],
  ] as const)('on %s with %j is %s', (platform, env, command) => {
    const opener = openerFor(platform, env, url);
    expect(opener?.command).toBe(command);
    expect(opener?.args.at(-1)).toBe(url);
  });

  it.each([{}, { DISPLAY: '' }])('is none without a desktop: %j', (env) => {
    expect(openerFor('linux', env, url)).toBeNull();
  });
});
