import { ImageOff, X } from 'lucide-react';
import type { ReactElement } from 'react';

import type { Attachment } from '../store/attachments-store.ts';
import { standingWords } from './attach-files.ts';

import './attachments.css';

type Props = {
  readonly attachments: readonly Attachment[];
  readonly onRemove: (attachment: Attachment) => void;
};

/** The pictures that go along, each with what it is or why it cannot go. */
export function AttachmentList({ attachments, onRemove }: Props): ReactElement | null {
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label="Attachments">
      {attachments.map((each) => (
        <li key={each.key} className={`attachment attachment-${each.standing.kind}`}>
          <Preview attachment={each} />
          <span className="attachment-words">
            <span className="attachment-name">{each.name}</span>
            <span>{standingWords(each.standing)}</span>
          </span>
          <button
            type="button"
            className="icon-button"
            aria-label={`Remove ${each.name}`}
            onClick={() => onRemove(each)}
          >
            <X size={15} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Preview({ attachment: { preview } }: { readonly attachment: Attachment }): ReactElement {
  return preview === null ? (
    <span className="attachment-picture">
      <ImageOff size={16} aria-hidden />
    </span>
  ) : (
    <img className="attachment-picture" src={preview} alt="" draggable={false} />
  );
}
