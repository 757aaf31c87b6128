import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { KeyboardEvent, ReactElement } from 'react';

import type { Media } from '#shared/message/entry.ts';

import { dataSize } from '../controls/tell-amount.ts';

export type EnlargedPicture = {
  readonly pictures: readonly Media[];
  readonly at: number;
  readonly from: string;
};

type Props = {
  readonly shown: EnlargedPicture | null;
  readonly mediaBase: string;
  readonly onShow: (shown: EnlargedPicture | null) => void;
};

/** A picture over the whole screen; arrows go through the pictures of the same message. */
export function Lightbox({ shown, mediaBase, onShow }: Props): ReactElement {
  const step = (steps: number): void => {
    if (shown === null) return;
    const at = Math.min(shown.pictures.length - 1, Math.max(0, shown.at + steps));
    onShow({ ...shown, at });
  };
  const hear = ({ key }: KeyboardEvent): void => {
    if (key === 'ArrowLeft') step(-1);
    if (key === 'ArrowRight') step(1);
  };
  return (
    <Dialog.Root open={shown !== null} onOpenChange={(open) => (open ? null : onShow(null))}>
      <Dialog.Portal>
        <div className="veil dark" />
        <Dialog.Content className="modal lightbox" aria-describedby={undefined} onKeyDown={hear}>
          {shown === null ? null : <Enlarged shown={shown} mediaBase={mediaBase} step={step} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type EnlargedProps = {
  readonly shown: EnlargedPicture;
  readonly mediaBase: string;
  readonly step: (steps: number) => void;
};

function Enlarged({ shown, mediaBase, step }: EnlargedProps): ReactElement | null {
  const media = shown.pictures[shown.at];
  if (media === undefined) return null;
  const { width, height } = media;
  const address = mediaBase + media.id;
  return (
    <>
      <div className="lightbox-bar">
        <Dialog.Title>Picture from {shown.from}</Dialog.Title>
        <span>
          {shown.at + 1} of {shown.pictures.length} ·{dataSize(media.size)}
          {width === null || height === null ? '' : ` · ${width} × ${height}`}
        </span>
        <a className="icon-button" href={address} download aria-label="Save the picture">
          <Download size={16} aria-hidden />
        </a>
        <Dialog.Close className="icon-button" aria-label="Close">
          <X size={16} aria-hidden />
        </Dialog.Close>
      </div>
      <img src={address} alt={`Picture from ${shown.from}`} />
      {shown.pictures.length > 1 ? <Arrows shown={shown} step={step} /> : null}
    </>
  );
}

function Arrows({ shown, step }: Omit<EnlargedProps, 'mediaBase'>): ReactElement {
  const isFirst = shown.at === 0;
  const isLast = shown.at === shown.pictures.length - 1;
  return (
    <>
      <button
        type="button"
        className="icon-button before"
        aria-label="Previous picture"
        disabled={isFirst}
        onClick={() => step(-1)}
      >
        <ChevronLeft size={20} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button after"
        aria-label="Next picture"
        disabled={isLast}
        onClick={() => step(1)}
      >
        <ChevronRight size={20} aria-hidden />
      </button>
    </>
  );
}
