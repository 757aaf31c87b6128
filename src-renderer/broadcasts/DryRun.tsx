import { useEffect, useMemo, useState } from 'react';
import type { ReactElement } from 'react';

import type { CommandOutput } from '#shared/contract/contract.ts';
import type { LineId } from '#shared/message/line.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';
import { priceText } from '#shared/pricing/price-text.ts';
import { priceWords } from '#shared/pricing/price-words.ts';
import type { MoneyRange } from '#shared/pricing/rate-card.ts';
import { roughly } from '#shared/throughput/throttle-words.ts';

import { ConfirmDialog } from '../controls/ConfirmDialog.tsx';
import { FailureLine } from '../controls/FailureLine.tsx';
import { counted } from '../controls/tell-amount.ts';
import { useDeed } from '../controls/use-deed.ts';
import { CampaignEstimate } from '../pricing/CampaignEstimate.tsx';
import { usePricing } from '../pricing/use-pricing.ts';
import { useScreen } from '../screen/screen-context.ts';
import type { Screen } from '../store/screen.ts';
import { type Sums, type Tried, sumUp } from './dry-run.ts';
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
  const duration = useDuration(screen, wanted.lineId, sums);
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
      <SumsLine sums={sums} />
      <Objections tried={tried} />
      <CampaignEstimate lineId={wanted.lineId} texts={texts} excluded={refused} />
      <PricePerPerson lineId={wanted.lineId} texted={texted} />
      {duration === null ? null : <p>{durationWords(duration)}</p>}
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
          Leaving as fast as the carriers allow: {allowed}. Waiting until a rule lets them: {waits}.
          Not texted: {refused}. {duration === null ? '' : durationWords(duration)} You can undo it
          for five seconds, and pause or cancel the rest after that.
        </p>
        <CampaignEstimate lineId={wanted.lineId} texts={texts} excluded={refused} />
      </ConfirmDialog>
    </section>
  );
}

function SumsLine({ sums: { allowed, waits, refused } }: { readonly sums: Sums }): ReactElement {
  return (
    <p role="status">
      {counted(allowed, 'text leaves', 'texts leave')} at once,{' '}
      {counted(waits, 'has to wait', 'have to wait')}, {counted(refused, 'person is', 'people are')}{' '}
      not texted.
    </p>
  );
}

type Duration = CommandOutput<'broadcast.duration'>;

/** How long it takes by the limits of the line; null while that is not known. */
function useDuration(screen: Screen, lineId: LineId, { texted }: Sums): Duration | null {
  const [duration, setDuration] = useState<Duration | null>(null);
  useEffect(() => {
    const units = texted.reduce((sum, { segments }) => sum + segments, 0);
    screen.host.call('broadcast.duration', { lineId, texts: texted.length, units }).then(
      setDuration,
      // What it costs and who gets it is told all the same.
      () => setDuration(null),
    );
  }, [screen, lineId, texted]);
  return duration;
}

const durationWords = ({ ms, because }: Duration): string =>
  ms < 60_000
    ? 'The last one leaves within a minute.'
    : `The last one leaves about ${roughly(ms)} after the first. ${because ?? ''}`.trim();

/** The least and the most that one person's text costs. */
function PricePerPerson({
  lineId,
  texted,
}: Pick<Sums, 'texted'> & { readonly lineId: LineId }): ReactElement | null {
  const pricing = usePricing(lineId);
  if (pricing === null || texted.length === 0) return null;
  const { card, numberType } = pricing;
  const counts = texted.map(({ segments }) => segments);
  const price = (segments: number) => priceText(card, numberType, { segments, isMms: false });
  const [least, most] = [smallest(counts), largest(counts)];
  const range: MoneyRange = [price(least)[0], price(most)[1]];
  return <p className="quiet-words">{priceWords(range, card.currency)} for each person.</p>;
}

const smallest = (counts: readonly number[]): number =>
  counts.reduce((least, count) => Math.min(least, count), Infinity);
const largest = (counts: readonly number[]): number =>
  counts.reduce((most, count) => Math.max(most, count), 0);

/** Each size of text with how many get it. */
function sizesOf(
  texted: readonly Tried[],
): { segments: number; isMms: boolean; recipients: number }[] {
  const sizes = new Map<number, number>();
  for (const { segments } of texted) sizes.set(segments, (sizes.get(segments) ?? 0) + 1);
  return [...sizes].map(([segments, recipients]) => ({ segments, isMms: false, recipients }));
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
