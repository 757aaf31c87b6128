import { useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { Template } from '#shared/contract/template-commands.ts';

import { PageHead } from '../connections/PageHead.tsx';
import { FailureLine } from '../controls/FailureLine.tsx';
import { Notice } from '../controls/Notice.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { inWords } from '../store/failure-of.ts';
import { loadTemplates } from '../store/load-later.ts';
import { sizeWords } from './lint-words.ts';
import { TemplateForm } from './TemplateForm.tsx';

import '../connections/connections.css';
import './templates.css';

/** Words to begin a text with: add, change, and take away, with a way back. */
export function TemplatesPane(): ReactElement {
  const screen = useScreen();
  const { all, failure } = useStore(screen.templates);
  const [editing, setEditing] = useState<string | 'new' | null>(null);
  const [removed, setRemoved] = useState<Template | null>(null);
  const deed = useDeed();
  const save = (template: Template): Promise<boolean> =>
    deed.run(() => screen.host.call('template.save', template));
  return (
    <>
      <PageHead title="Templates" about="Type / at the start of a line to put one in">
        <button type="button" className="button" onClick={() => setEditing('new')}>
          New template
        </button>
      </PageHead>
      <div className="page" data-scrolls>
        {failure === null ? null : (
          <Notice
            title="The templates could not be loaded"
            words={inWords(failure)}
            onRetry={() => void loadTemplates(screen)}
          />
        )}
        <FailureLine failure={deed.failure} />
        <Removed
          removed={removed}
          onUndo={(template) => void save(template).then((done) => done && setRemoved(null))}
        />
        {editing === 'new' ? (
          <TemplateForm template={null} onSave={save} onClose={() => setEditing(null)} />
        ) : null}
        {all?.length === 0 && editing === null ? (
          <Notice
            title="No template yet"
            words="A template is words you send often. {first_name} stands for what differs."
          />
        ) : null}
        <ul className="cards">
          {all?.map((template) => (
            <li key={template.uid} className="card">
              {editing === template.uid ? (
                <TemplateForm template={template} onSave={save} onClose={() => setEditing(null)} />
              ) : (
                <TemplateCard
                  template={template}
                  onEdit={() => setEditing(template.uid)}
                  onRemove={() =>
                    void deed
                      .run(() => screen.host.call('template.remove', { uid: template.uid }))
                      .then((done) => done && setRemoved(template))
                  }
                />
              )}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

type RemovedProps = {
  readonly removed: Template | null;
  readonly onUndo: (removed: Template) => void;
};

/** What was just deleted, and the way back. */
function Removed({ removed, onUndo }: RemovedProps): ReactElement {
  return (
    <div role="status" className="undo-line">
      {removed === null ? null : (
        <>
          <span>“{removed.name}” was deleted.</span>
          <button type="button" className="ghost" onClick={() => onUndo(removed)}>
            Undo
          </button>
        </>
      )}
    </div>
  );
}

type CardProps = {
  readonly template: Template;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
};

function TemplateCard({ template, onEdit, onRemove }: CardProps): ReactElement {
  const { name, text } = template;
  return (
    <>
      <div className="card-head">
        <h2>
          <b>{name}</b>
        </h2>
      </div>
      <p className="template-text" dir="auto">
        {text}
      </p>
      <p className="quiet-words">{sizeWords(text)}</p>
      <div className="deeds">
        <button type="button" className="ghost" aria-label={`Edit ${name}`} onClick={onEdit}>
          Edit
        </button>
        <button
          type="button"
          className="ghost danger"
          aria-label={`Delete ${name}`}
          onClick={onRemove}
        >
          Delete
        </button>
      </div>
    </>
  );
}
