export type SmsPart = {
  readonly reference: number;
  readonly total: number;
  /** Counted from 1. */
  readonly sequence: number;
};

type Between = { readonly from: string; readonly to: string };

/** Something that happened on the carrier's side and is told to the webhook. `media` is a file name under /v1/media/. */
export type CarrierEvent =
  | (Between & {
      readonly type: 'message.status';
      readonly messageId: string;
      readonly reference: string;
      readonly status: 'sent' | 'delivered' | 'undelivered';
      readonly errorCode: 'unreachable' | 'spam' | 'media_unreachable' | null;
    })
  | (Between & {
      readonly type: 'message.received';
      readonly messageId: string;
      readonly text: string;
      readonly media: string | null;
      readonly part: SmsPart | null;
    })
  | (Between & {
      readonly type: 'call.ended';
      readonly callId: string;
      readonly direction: 'in' | 'out';
      readonly outcome: 'missed';
      readonly seconds: number;
    })
  | (Between & {
      readonly type: 'voicemail.left';
      readonly callId: string;
      readonly direction: 'in' | 'out';
      readonly seconds: number;
      readonly media: string;
    });

/** What all callbacks carry beside the event itself. */
export type Envelope = {
  readonly id: string;
  readonly accountId: string;
  /** When it happened, milliseconds since 1970. */
  readonly happenedAt: number;
  /** Where the carrier itself is found, such as `http://127.0.0.1:4000`. */
  readonly origin: string;
};

/** The JSON a callback tells an event with. */
export function callbackBody(event: CarrierEvent, envelope: Envelope): string {
  return JSON.stringify({
    id: envelope.id,
    type: event.type,
    account_id: envelope.accountId,
    occurred_at: new Date(envelope.happenedAt).toISOString(),
    ...told(event, envelope.origin),
  });
}

function told(event: CarrierEvent, origin: string): object {
  const { from, to } = event;
  switch (event.type) {
    case 'message.status': {
      const { messageId: id, reference, status, errorCode: error_code } = event;
      return { message: { id, reference, from, to, status, error_code } };
    }
    case 'message.received': {
      const { messageId: id, text, part } = event;
      const media = event.media === null ? [] : [mediaOf(event.media, origin)];
      return { message: { id, from, to, text, media, part } };
    }
    case 'call.ended': {
      const { callId: id, direction, outcome, seconds } = event;
      return { call: { id, direction, from, to, outcome, seconds } };
    }
    case 'voicemail.left': {
      const { callId: id, direction, seconds } = event;
      return {
        call: { id, direction, from, to },
        seconds,
        recording: mediaOf(event.media, origin),
      };
    }
  }
}

function mediaOf(file: string, origin: string): object {
  return { url: `${origin}/v1/media/${file}`, type: mediaType(file) };
}

/** The media type of a file the carrier serves. */
export function mediaType(file: string): 'image/png' | 'audio/wav' {
  return file.endsWith('.png') ? 'image/png' : 'audio/wav';
}
