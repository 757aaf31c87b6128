import type { RendererAnswerer } from '#shared/contract/answer-renderer.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { Tell } from '#shared/contract/contract.ts';

/* Counts are told at most this often, in milliseconds, however fast texts come. */
const summaryPause = 50;

export type Renderers = {
  readonly tell: Tell;
  add(answerer: RendererAnswerer): void;
  remove(answerer: RendererAnswerer): void;
  /** Tells the summary soon: something that it counts has changed. */
  touch(): void;
  close(): void;
};

/** Tells every attached screen, and after each change, a moment later, what the change did to the counts. */
export function tellRenderers(clock: Clock, tellSummary: (tell: Tell) => void): Renderers {
  const answerers = new Set<RendererAnswerer>();
  let due: (() => void) | null = null;

  const tellAll: Tell = (name, payload) => {
    for (const answerer of answerers) answerer.tell(name, payload);
  };
  const touch = (): void => {
    due ??= clock.after(summaryPause, () => {
      due = null;
      if (answerers.size > 0) tellSummary(tellAll);
    });
  };
  return {
    tell(name, payload) {
      tellAll(name, payload);
      touch();
    },
    add: (answerer) => void answerers.add(answerer),
    remove: (answerer) => void answerers.delete(answerer),
    touch,
    close() {
      due?.();
      for (const answerer of answerers) answerer.close();
      answerers.clear();
    },
  };
}
