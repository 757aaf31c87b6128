import { shareId } from '../inbound/message-ids.ts';
import type { Profile } from '../profile.ts';
import type { Answer } from '../session/pending-answers.ts';
import { MalformedPdu } from '../wire/malformed-pdu.ts';
import { decodeMessageId } from '../wire/message-body.ts';
import type { Pdu } from '../wire/pdu.ts';

/**
 * What became of one part. `taken`: the carrier has it, under this id. `rejected`: it said no. `lost`: it was written, and
 * nobody knows. `unwritten`: it never left.
 */
export type PartAnswer =
  | { readonly kind: 'taken'; readonly id: string }
  | { readonly kind: 'rejected'; readonly status: number }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'unwritten' };

/** Reads the carrier's answer to a part. */
export function readPartAnswer(
  answer: Answer,
  { idFormat }: Pick<Profile, 'idFormat'>,
): PartAnswer {
  if (answer.kind !== 'answered') return answer;
  const { status } = answer.pdu;
  if (status !== 0) return { kind: 'rejected', status };
  const id = idIn(answer.pdu);
  if (id === null) return { kind: 'lost', reason: 'taken without a message id' };
  return { kind: 'taken', id: shareId(id, idFormat, 'in-answer') };
}

function idIn({ body }: Pdu): string | null {
  try {
    return decodeMessageId(body) || null;
  } catch (error) {
    if (error instanceof MalformedPdu) return null;
    throw error;
  }
}
