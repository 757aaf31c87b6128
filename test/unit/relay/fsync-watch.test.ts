import { describe, expect, it, onTestFinished } from 'vitest';

import { LogFailure } from '#main/relay/delivery-log.ts';
import { FsyncWatch } from '#main/relay/jetstream/fsync-watch.ts';

/** Servers that show what they are told to, and count how often they were asked. */
class Shown {
  failure: Error | null = null;
  asked = 0;

  watch(): FsyncWatch {
    const prove = (): Promise<void> => {
      this.asked += 1;
      return this.failure === null ? Promise.resolve() : Promise.reject(this.failure);
    };
    const watch = new FsyncWatch(prove, 1);
    onTestFinished(() => watch.stop());
    return watch;
  }

  /** Resolves when what is shown now has been seen. */
  async seen(): Promise<void> {
    const enough = this.asked + 2;
    await expect.poll(() => this.asked, { interval: 1 }).toBeGreaterThanOrEqual(enough);
  }
}

describe('asking again whether servers sync', () => {
  it('tells of one that came back with other settings, until it is mended', async () => {
    const shown = new Shown();
    const watch = shown.watch();
    await shown.seen();
    expect(watch.problem).toBeNull();
    shown.failure = new LogFailure('other', 'n1 acknowledges before it writes to disk');
    await shown.seen();
    expect(watch.problem).toMatch(/^n1 /);
    shown.failure = null;
    await shown.seen();
    expect(watch.problem).toBeNull();
  });

  it('keeps to what it knows while a server cannot be asked', async () => {
    const shown = new Shown();
    const watch = shown.watch();
    shown.failure = new LogFailure('unreachable', 'no answer');
    await shown.seen();
    expect(watch.problem).toBeNull();
    shown.failure = new LogFailure('other', 'n1 acknowledges before it writes to disk');
    await shown.seen();
    shown.failure = new LogFailure('unreachable', 'no answer');
    await shown.seen();
    expect(watch.problem).toMatch(/^n1 /);
  });
});
