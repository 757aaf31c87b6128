import { useEffect, useId, useMemo, useState } from 'react';
import type { ReactElement, RefObject } from 'react';
import { useStore } from 'zustand';

import type { Template } from '#shared/contract/template-commands.ts';
import { fillTemplate } from '#shared/template/fill-template.ts';

import type { Composing } from '../composer/use-composer.ts';
import { counted } from '../controls/tell-amount.ts';
import { useScreen } from '../screen/screen-context.ts';
import { announce } from '../store/announce.ts';
import type { DraftKey } from '../store/drafts-store.ts';
import { openTemplates } from '../store/go-to.ts';
import type { Screen } from '../store/screen.ts';
import { type Slash, findSlash } from './find-slash.ts';

import './templates.css';

type Props = {
  readonly composing: Pick<Composing, 'text' | 'write'>;
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly draftKey: DraftKey;
};

/** The list of templates over the box, while a line begins with `/`. The box keeps the focus; its keys move in the list. */
export function TemplatePicker({ composing, box, draftKey }: Props): ReactElement | null {
  const screen = useScreen();
  const list = useId();
  const all = useStore(screen.templates, (known) => known.all);
  const { slash, close } = useSlash(box, composing.text);
  const found = useMemo(() => matching(all ?? [], slash), [all, slash]);
  const [at, setAt] = useState(0);
  const active = Math.min(at, Math.max(0, found.length - 1));
  const choose = (template: Template | undefined): void => {
    if (box.current === null || slash === null || template === undefined) return;
    insert({ box: box.current, slash, composing, text: fill(screen, draftKey, template) });
    close();
  };
  useListKeys(box, slash !== null && found.length > 0, {
    move: (by) => setAt((active + by + found.length) % found.length),
    choose: () => choose(found[active]),
    close,
  });
  useListNames(box, slash === null || found.length === 0 ? null : { list, active });
  const isOpen = slash !== null;
  // Said as the list opens and as it gets shorter, not at every key.
  useEffect(() => {
    if (isOpen) announce(screen, counted(found.length, 'template'));
  }, [screen, isOpen, found.length]);
  if (slash === null) return null;
  if (found.length === 0)
    return <NoTemplate isNone={all?.length === 0} onOpen={() => void openTemplates(screen)} />;
  return (
    <ul id={list} className="template-list" role="listbox" aria-label="Templates">
      {found.map((template, place) => (
        <li
          key={template.uid}
          id={`${list}-${place}`}
          role="option"
          aria-selected={place === active}
          // Before the box would lose the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            choose(template);
          }}
        >
          <b>{template.name}</b> <span>{template.text}</span>
        </li>
      ))}
    </ul>
  );
}

type NoneProps = { readonly isNone: boolean; readonly onOpen: () => void };

function NoTemplate({ isNone, onOpen }: NoneProps): ReactElement {
  return (
    <p className="template-list template-none">
      {isNone ? 'There is no template yet.' : 'No template of this name.'}{' '}
      <button type="button" className="ghost" onClick={onOpen}>
        Templates
      </button>
    </p>
  );
}

const most = 8;

function matching(all: readonly Template[], slash: Slash | null): Template[] {
  if (slash === null) return [];
  const query = slash.query.trim().toLowerCase();
  return all.filter(({ name }) => name.toLowerCase().includes(query)).slice(0, most);
}

/** What is known of who is written to goes in at once. */
function fill({ threads }: Screen, key: DraftKey, template: Template): string {
  const name = key === 'new' ? null : (threads.getState().index.get(key)?.name ?? null);
  const first = name?.trim().split(/\s+/u)[0];
  return fillTemplate(template.text, { first_name: first, name: name ?? undefined }).text;
}

type Inserting = {
  readonly box: HTMLTextAreaElement;
  readonly slash: Slash;
  readonly composing: Pick<Composing, 'text' | 'write'>;
  readonly text: string;
};

/** Puts the words in the place of what was typed, and picks out the first field that is still to be filled. */
function insert({ box, slash, composing, text }: Inserting): void {
  const end = slash.from + 1 + slash.query.length;
  composing.write(composing.text.slice(0, slash.from) + text + composing.text.slice(end));
  const field = /\{[a-z][a-z0-9_]*\}/u.exec(text);
  const from = slash.from + (field?.index ?? text.length);
  requestAnimationFrame(() => {
    box.focus();
    box.setSelectionRange(from, from + (field?.[0].length ?? 0));
  });
}

function useSlash(
  box: RefObject<HTMLTextAreaElement | null>,
  text: string,
): { slash: Slash | null; close: () => void } {
  const [caret, setCaret] = useState(0);
  const [closedOn, setClosedOn] = useState<string | null>(null);
  useEffect(() => {
    const look = (): void => setCaret(box.current?.selectionStart ?? 0);
    look();
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [box, text]);
  const slash = useMemo(
    () => (text === closedOn ? null : findSlash(text, Math.min(caret, text.length))),
    [text, caret, closedOn],
  );
  return { slash, close: () => setClosedOn(box.current?.value ?? text) };
}

type ListDeeds = {
  readonly move: (by: 1 | -1) => void;
  readonly choose: () => void;
  readonly close: () => void;
};

/** While the list is open its keys are the list's, before the box or the screen hears them. */
function useListKeys(
  box: RefObject<HTMLTextAreaElement | null>,
  isOpen: boolean,
  deeds: ListDeeds,
): void {
  useEffect(() => {
    const element = box.current;
    if (!isOpen || element === null) return undefined;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => deeds.move(1),
      ArrowUp: () => deeds.move(-1),
      Enter: deeds.choose,
      Tab: deeds.choose,
      Escape: deeds.close,
    };
    const hear = (event: KeyboardEvent): void => {
      const deed = keys[event.key];
      const isOther = event.isComposing || event.ctrlKey || event.metaKey || event.altKey;
      if (deed === undefined || isOther || event.shiftKey || event.target !== element) return;
      event.preventDefault();
      event.stopPropagation();
      deed();
    };
    document.addEventListener('keydown', hear, { capture: true });
    return () => document.removeEventListener('keydown', hear, { capture: true });
  });
}

/** Tells a screen reader which template is picked out while the focus stays in the box. */
function useListNames(
  box: RefObject<HTMLTextAreaElement | null>,
  open: { readonly list: string; readonly active: number } | null,
): void {
  useEffect(() => {
    const element = box.current;
    if (element === null || open === null) return undefined;
    const names = {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': open.list,
      'aria-activedescendant': `${open.list}-${open.active}`,
    };
    for (const [name, value] of Object.entries(names)) element.setAttribute(name, value);
    return () => {
      for (const name of Object.keys(names)) element.removeAttribute(name);
    };
  });
}
