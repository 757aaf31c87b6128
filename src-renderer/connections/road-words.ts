import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

type Road = ConnectionView['inboundRoad'];

/** How texts come in, in a few words. */
export const roadWords: Readonly<Record<Road, string>> = {
  webhook: 'Webhook',
  polling: 'Asks the carrier every 15 s',
  session: 'Standing session',
  none: 'Cannot receive',
};

/** What that means for the person, and what would change it. */
export function roadAdvice(
  connection: Pick<ConnectionView, 'inboundRoad' | 'publicUrl' | 'hooks'>,
): string {
  const { inboundRoad, publicUrl, hooks } = connection;
  const callsForTexts = hooks.some(({ purpose }) => purpose === 'messages');
  switch (inboundRoad) {
    case 'webhook':
      return publicUrl === null
        ? 'The carrier runs on this machine and calls the relay itself.'
        : 'The carrier calls the public address as soon as something happens.';
    case 'polling':
      return callsForTexts
        ? 'No public address is set, so a new text is here within 15 seconds. With one it is here at once.'
        : 'The carrier calls nobody about new texts, so Trunkline asks for them.';
    case 'session':
      return 'Texts come over a session that Trunkline keeps open. Nothing needs to be set up.';
    case 'none':
      return callsForTexts
        ? 'Set a public address, so that the carrier can call. Until then nothing comes in.'
        : 'The carrier neither calls about new texts nor lists them, so nothing comes in.';
  }
}
