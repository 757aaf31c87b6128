import { Phone, PhoneIncoming, PhoneMissed, PhoneOutgoing, Voicemail } from 'lucide-react';
import type { ReactElement } from 'react';

import type { CallEntry, VoicemailEntry } from '#shared/message/entry.ts';

import { clockTime, playingTime } from '../controls/tell-time.ts';
import { callWords } from './call-words.ts';

const look = { size: 13, 'aria-hidden': true } as const;

/** A call between the messages. */
export function CallMark({
  call,
  peer,
}: {
  readonly call: CallEntry;
  readonly peer: string;
}): ReactElement {
  return (
    <div className={call.outcome === 'missed' ? 'event missed' : 'event'}>
      <CallIcon call={call} />
      <span>
        {callWords(call, peer)} · <time>{clockTime(call.at)}</time>
      </span>
    </div>
  );
}

function CallIcon({ call }: { readonly call: CallEntry }): ReactElement {
  if (call.outcome === 'missed' && call.direction === 'in') return <PhoneMissed {...look} />;
  if (call.outcome !== 'answered') return <Phone {...look} />;
  return call.direction === 'in' ? <PhoneIncoming {...look} /> : <PhoneOutgoing {...look} />;
}

type VoicemailProps = {
  readonly voicemail: VoicemailEntry;
  readonly peer: string;
  readonly mediaBase: string;
};

/** A voicemail between the messages, to be listened to here. */
export function VoicemailMark({ voicemail, peer, mediaBase }: VoicemailProps): ReactElement {
  return (
    <div className="event voicemail">
      <Voicemail {...look} />
      <span>
        Voicemail from {peer} · {playingTime(voicemail.seconds)} ·{' '}
        <time>{clockTime(voicemail.at)}</time>
      </span>
      {voicemail.media.map((media) => {
        if (media.state === 'fetching') return <span key={media.id}>Fetching the recording…</span>;
        if (media.state === 'failed')
          return <span key={media.id}>Not fetched. {media.problem ?? ''}</span>;
        return (
          <audio
            key={media.id}
            controls
            preload="none"
            src={mediaBase + media.id}
            aria-label={`Voicemail from ${peer}`}
          />
        );
      })}
    </div>
  );
}
