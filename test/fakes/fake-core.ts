import type { Core, StoredMedia } from '#main/core/core.ts';
import {
  answerRenderer,
  type Handlers,
  type RendererAnswerer,
} from '#shared/contract/answer-renderer.ts';
import type { Wire } from '#shared/contract/wire.ts';

import { RecordingHandlers } from './recording-handlers.ts';

/** A core without a history: it answers screens from the handlers given, and serves the media put into it. */
export class FakeCore implements Core {
  readonly relayUrl = 'http://127.0.0.1:1';
  readonly media = new Map<string, StoredMedia>();
  readonly screens: RendererAnswerer[] = [];
  readonly errors: unknown[] = [];
  readonly recording: RecordingHandlers;
  stopped = 0;

  constructor(given: Partial<Handlers> = { 'attention.list': () => ({ items: [] }) }) {
    this.recording = new RecordingHandlers(given);
  }

  attach = (wire: Wire): void => {
    const options = { onError: (...error: unknown[]) => this.errors.push(error) };
    this.screens.push(answerRenderer(wire, this.recording.handlers, options));
  };

  readMedia = (id: string): StoredMedia | null => this.media.get(id) ?? null;

  stop = async (): Promise<void> => {
    this.stopped += 1;
  };
}
