import type { FailureKind } from '#shared/provider/send-failure.ts';

import { readErrorKinds } from './read-map.ts';
import type { Settings } from './read-settings.ts';
import { type Condition, compileCondition } from './reply/condition.ts';
import { type Finder, compileFinder } from './reply/finder.ts';
import { readStatuses } from './status-list.ts';
import { WrongSetting } from './wrong-setting.ts';

/** How the carrier says what went wrong. */
export type ComplaintRules = {
  readonly code: Finder | null;
  readonly words: Finder | null;
  readonly kinds: ReadonlyMap<string, FailureKind>;
};

/** What an answer to a text means. */
export type AnswerRules = {
  readonly isSuccess: (status: number) => boolean;
  readonly isUnsent: (status: number) => boolean;
  readonly success: Condition | null;
  readonly failure: Condition | null;
  /** Null where the carrier gives texts no ids. */
  readonly messageId: Finder | null;
  readonly complaint: ComplaintRules;
};

/** @throws {WrongSetting} */
export function readAnswerRules(settings: Settings): AnswerRules {
  const { successStatuses, unsentStatuses, successField, failureField, messageId } = settings;
  if (messageId === null && successField === null && successStatuses === null) {
    throw new WrongSetting(
      'messageId',
      'is missing: say where the id stands in the answer, or give successField; where a status alone is the answer, give successStatuses',
    );
  }
  return {
    isSuccess: readStatuses('successStatuses', successStatuses ?? '2xx'),
    isUnsent: readStatuses('unsentStatuses', unsentStatuses ?? '429'),
    success: optional(successField, (text) => compileCondition('successField', text)),
    failure: optional(failureField, (text) => compileCondition('failureField', text)),
    messageId: optional(messageId, (text) => compileFinder('messageId', text)),
    complaint: readComplaintRules(settings),
  };
}

/** @throws {WrongSetting} */
export function readComplaintRules({
  errorCode,
  errorWords,
  errorKinds,
}: Settings): ComplaintRules {
  return {
    code: optional(errorCode, (text) => compileFinder('errorCode', text)),
    words: optional(errorWords, (text) => compileFinder('errorWords', text)),
    kinds: readErrorKinds(errorKinds),
  };
}

/** What is made of a text, where there is one. */
export function optional<Made>(text: string | null, make: (text: string) => Made): Made | null {
  return text === null ? null : make(text);
}
