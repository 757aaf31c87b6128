import type { LinkOutcome, MediaRoad } from '#main/outbound/media-road.ts';

/** Links that lead nowhere, each with a number of its own; made, or not, as the test says. */
export class FakeMediaRoad implements MediaRoad {
  problem: ReturnType<MediaRoad['problemOf']> = null;
  /** Why no link can be made now; null where one can. */
  notMade: string | null = null;
  /** Ids of the pictures that links were asked for, oldest first. */
  readonly asked: string[] = [];

  problemOf = (): ReturnType<MediaRoad['problemOf']> => this.problem;

  link = async (_connectionId: string, mediaId: string): Promise<LinkOutcome> => {
    this.asked.push(mediaId);
    if (this.notMade !== null) return { kind: 'not-made', because: this.notMade };
    return { kind: 'made', url: `https://links.example/media/secret-${this.asked.length}.png` };
  };
}
