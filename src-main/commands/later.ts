import { tellTeam } from '#main/history/team-outbox.ts';
import { listTemplates, removeTemplate, saveTemplate } from '#main/history/templates.ts';
import { changeTime, scheduleText, sendNow } from '#main/outbound/schedule-text.ts';
import { transact } from '#main/sqlite/database.ts';
import type { Handlers } from '#shared/contract/answer-renderer.ts';
import type { scheduleCommands } from '#shared/contract/schedule-commands.ts';
import type { Template, templateCommands } from '#shared/contract/template-commands.ts';

import type { Desk } from './desk.ts';

/** Texts for later. */
export function scheduleHandlers(desk: Desk): Pick<Handlers, keyof typeof scheduleCommands> {
  return {
    'message.schedule': (input) => {
      const scheduled = scheduleText(desk.sending, input);
      desk.wakeOutbox();
      return scheduled;
    },
    'schedule.change': (input) => {
      const entry = changeTime(desk.sending, input);
      desk.wakeOutbox();
      return { entry };
    },
    'schedule.send-now': ({ entryId }) => {
      const entry = sendNow(desk.sending, entryId);
      desk.wakeOutbox();
      return { entry };
    },
  };
}

/** Words to begin a text with. */
export function templateHandlers(desk: Desk): Pick<Handlers, keyof typeof templateCommands> {
  const { db, clock } = desk;
  return {
    'templates.list': () => ({ templates: listTemplates(db) }),
    'template.save': (template) => {
      transact(db, () => {
        saveTemplate(db, template);
        tellTeam(db, { kind: 'template-saved', at: clock.now(), ...template });
      });
      return tellOf(desk);
    },
    'template.remove': ({ uid }) => {
      transact(db, () => {
        removeTemplate(db, uid);
        tellTeam(db, { kind: 'template-removed', at: clock.now(), uid });
      });
      return tellOf(desk);
    },
  };
}

function tellOf({ db, tell }: Desk): { templates: Template[] } {
  const all = { templates: listTemplates(db) };
  tell('templates.changed', all);
  return all;
}
