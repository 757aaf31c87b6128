import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { Disclosure } from '../../controls/Disclosure.tsx';
import { FailureLine } from '../../controls/FailureLine.tsx';
import { useDeed } from '../../controls/use-deed.ts';
import { useScreen } from '../../screen/screen-context.ts';
import { NumberByHand } from '../NumberByHand.tsx';
import type { WrittenNumber } from '../NumberByHand.tsx';

type Props = {
  readonly connection: ConnectionView;
  /** The carrier lists its numbers, so that writing them is the exception. */
  readonly isListed: boolean;
  readonly carrierName: string;
};

/** Makes a number a line that the carrier does not list. */
export function AddByHand({ connection, isListed, carrierName }: Props): ReactElement {
  const { host } = useScreen();
  const { failure, run } = useDeed();
  const add = (written: WrittenNumber): Promise<boolean> =>
    run(() =>
      host.call('line.add', {
        connectionId: connection.id,
        ...written,
        label: formatPeer(written.number),
      }),
    );
  return (
    <Disclosure className="part" title="Write a number by hand" startsOpen={!isListed}>
      <p className="quiet-words">
        {isListed
          ? 'For a number of the account that the list does not show.'
          : `${carrierName} does not tell its numbers: write those you have there.`}
      </p>
      <NumberByHand action="Make it a line" onAdd={add} />
      <FailureLine failure={failure} />
    </Disclosure>
  );
}
