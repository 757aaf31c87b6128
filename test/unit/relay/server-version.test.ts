import { describe, expect, it } from 'vitest';

import { assertKeepsCopiesAlike, keepsCopiesAlike } from '#main/relay/jetstream/server-version.ts';

describe('versions of NATS that keep three copies alike', () => {
  it.each(['2.10.27', '2.10.28', '2.11.0', '2.15.1', '2.15.1-RC.2', '3.0.0'])('%s', (version) => {
    expect(keepsCopiesAlike(version)).toBe(true);
  });

  it.each(['2.9.10', '2.9.99', '2.10.26', '2.10.4', '1.99.99', '0.0.0', 'unknown version', ''])(
    'not %j',
    (version) => {
      expect(keepsCopiesAlike(version)).toBe(false);
    },
  );

  it('are told with the refusal of another', () => {
    expect(() => assertKeepsCopiesAlike({ name: 'n1', version: '2.9.10' })).toThrow(
      /^The NATS server n1 \(2\.9\.10\) .* need NATS 2\.10\.27 or newer on every server\.$/,
    );
  });
});
