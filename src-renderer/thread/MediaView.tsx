import { FileText, ImageOff, LoaderCircle } from 'lucide-react';
import type { ReactElement } from 'react';

import type { Media } from '#shared/message/entry.ts';

import { dataSize } from '../controls/tell-amount.ts';

type Props = {
  readonly media: Media;
  /** Address of its bytes. */
  readonly address: string;
  /** Whom it is from, as in "Picture from Dana". */
  readonly from: string;
  readonly onEnlarge: () => void;
};

/** One attachment of a message. Its room is reserved before its bytes are there, so that nothing jumps. */
export function MediaView({ media, address, from, onEnlarge }: Props): ReactElement {
  if (media.state === 'fetching')
    return (
      <div className="picture waiting">
        <LoaderCircle size={16} aria-hidden className="mark-sending" /> Fetching the attachment…
      </div>
    );
  if (media.state === 'failed')
    return (
      <div className="picture broken">
        <ImageOff size={16} aria-hidden />
        <span>Not fetched. {media.problem ?? 'The carrier did not hand it over.'}</span>
      </div>
    );
  if (media.type.startsWith('image/'))
    return (
      <button type="button" className="picture" onClick={onEnlarge}>
        <img src={address} alt={`Picture from ${from}`} loading="lazy" draggable={false} />
        <span className="picture-size">{dataSize(media.size)}</span>
      </button>
    );
  return <PlayableOrFile media={media} address={address} from={from} />;
}

function PlayableOrFile({ media, address, from }: Omit<Props, 'onEnlarge'>): ReactElement {
  if (media.type.startsWith('audio/'))
    return (
      <audio
        className="sound"
        controls
        preload="none"
        src={address}
        aria-label={`Sound from ${from}`}
      />
    );
  if (media.type.startsWith('video/'))
    return (
      <video
        className="picture"
        controls
        preload="metadata"
        src={address}
        aria-label={`Film from ${from}`}
      />
    );
  return (
    <a className="file" href={address} download>
      <FileText size={16} aria-hidden /> File, {dataSize(media.size)}
    </a>
  );
}
