import type { AppPart } from './electron-parts.ts';

export type StopDeeds = {
  /** Takes what is seen of the program away, at once. */
  readonly hide: () => void;
  /** Ends what is under way; the program ends once it has settled. */
  readonly stop: () => Promise<void>;
};

/** Holds every quit up until the core has stopped. */
export function stopCleanly(app: AppPart, { hide, stop }: StopDeeds): void {
  let state: 'running' | 'stopping' | 'stopped' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    state = 'stopping';
    hide();
    const end = () => {
      state = 'stopped';
      app.quit();
    };
    stop().then(end, end);
  });
}
