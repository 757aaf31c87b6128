import type { Core } from '#main/core/core.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { startCore } from '#main/core/start-core.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { type HostCaller, createHostCaller } from '#shared/contract/call-host.ts';
import type { Clock } from '#shared/contract/clock.ts';
import { createMemoryWirePair } from '#shared/contract/memory-wire.ts';

/** A whole core on a data folder with a screen's end of a wire to it. Closed by `await using`. */
export class RunningCore implements AsyncDisposable {
  readonly core: Core;
  readonly caller: HostCaller;

  private constructor(core: Core) {
    this.core = core;
    this.caller = createHostCaller({
      connect: async () => {
        const [screen, host] = createMemoryWirePair();
        core.attach(host);
        return screen;
      },
      clock: systemClock,
      random: Math.random,
    });
  }

  /** The sandbox acts `speed` times as fast as people do. */
  static async start(
    dataFolder: string,
    clock: Clock = systemClock,
    speed = 20,
  ): Promise<RunningCore> {
    const core = await startCore(
      {
        dataFolder,
        secrets: createKeyFileStore(dataFolder),
        clock,
        notify: () => undefined,
      },
      { relayPort: 0, mediaBase: '/media/', sandboxSpeed: speed, sandboxSeed: 1 },
    );
    return new RunningCore(core);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.caller.close();
    await this.core.stop();
  }
}
