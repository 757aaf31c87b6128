import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';

import { formatPeer } from '#shared/phone/format-peer.ts';

import { ConfirmDialog } from '../controls/ConfirmDialog.tsx';
import { FailureLine } from '../controls/FailureLine.tsx';
import { counted } from '../controls/tell-amount.ts';
import { useDeed } from '../controls/use-deed.ts';
import { CampaignEstimate } from '../pricing/CampaignEstimate.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { type Tried, sumUp } from './dry-run.ts';
import { type Wanted, startBroadcast } from './start-broadcast.ts';

type Props = {
  readonly wanted: Omit<Wanted, 'texted'>;
  readonly tried: readonly Tried[];
  readonly onStarted: () => void;
};

/** What would happen: how many get it, who has to wait or is left out and why, and what it costs. Nothing was sent yet. */
export function DryRun({ wanted, tried, onStarted }: Props): ReactElement {
  const screen = useScreen();
  const sums = useMemo(() => sumUp(tried), [tried]);
  const texts = useMemo(() => sizesOf(sums.texted), [sums]);
  const [isAsking, setAsking] = useState(false);
  const [stored, setStored] = useState(0);
  const deed = useDeed();
  const { texted, allowed, waits, refused } = sums;
  const people = counted(texted.length, 'person', 'people');
  const start = async (): Promise<void> => {
    setAsking(false);
    const done = await deed.run(() => startBroadcast(screen, { ...wanted, texted }, setStored));
    if (done) onStarted();
  };
  return (
    <section className="dry-run" aria-label="Dry run">
      <h2>Nothing was sent yet</h2>
      <p role="status">
        {counted(allowed, 'text leaves', 'texts leave')} at once,{' '}
        {counted(waits, 'has to wait', 'have to wait')},{' '}
        {counted(refused, 'person is', 'people are')} not texted.
      </p>
      <Objections tried={tried} />
      <CampaignEstimate lineId={wanted.lineId} texts={texts} excluded={refused} />
      <FailureLine failure={deed.failure} />
      <div className="deeds">
        <button
          type="button"
          className="button"
          aria-disabled={texted.length === 0 || deed.isBusy}
          onClick={() => (texted.length === 0 ? undefined : setAsking(true))}
        >
          Send to {people}
        </button>
        <span role="status" className="quiet-words">
          {deed.isBusy ? `Storing ${counted(stored, 'person', 'people')}…` : ''}
        </span>
      </div>
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={`Send to ${people}?`}
        action={
          <button type="button" className="button" onClick={() => void start()}>
            Send
          </button>
        }
      >
        <p>
          {counted(allowed, 'text leaves', 'texts leave')} as fast as the carriers allow,{' '}
          {counted(waits, 'waits', 'wait')} until its rule lets it, and{' '}
          {counted(refused, 'person is', 'people are')} left out. You can undo it for five seconds,
          and pause or cancel the rest after that.
        </p>
        <CampaignEstimate lineId={wanted.lineId} texts={texts} excluded={refused} />
      </ConfirmDialog>
    </section>
  );
}

/** Each size of text with how many get it. */
function sizesOf(texted: readonly Tried[]): { segments: number; isMms: boolean; count: number }[] {
  const sizes = new Map<number, number>();
  for (const { segments } of texted) sizes.set(segments, (sizes.get(segments) ?? 0) + 1);
  return [...sizes].map(([segments, count]) => ({ segments, isMms: false, count }));
}

const mostShown = 200;

/** Everybody who has to wait or is left out, with why; of very many the first, and how many more. */
function Objections({ tried }: Pick<Props, 'tried'>): ReactElement | null {
  const others = tried.filter(({ verdict }) => verdict.kind !== 'allowed');
  if (others.length === 0) return null;
  const more = others.length - mostShown;
  return (
    <details>
      <summary>{counted(others.length, 'person', 'people')} not texted, or not at once</summary>
      <ul className="left-out" tabIndex={0} aria-label="Not texted, or not at once">
        {others.slice(0, mostShown).map(({ line, peer, verdict }) => (
          <li key={peer}>
            Line {line}, {formatPeer(peer)}: {verdict.kind === 'waits' ? 'waits. ' : 'not texted. '}
            {verdict.kind === 'allowed' ? '' : verdict.because}
          </li>
        ))}
        {more > 0 ? <li>and {counted(more, 'more person', 'more people')}.</li> : null}
      </ul>
    </details>
  );
}
