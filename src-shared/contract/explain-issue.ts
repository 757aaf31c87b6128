import type { z } from 'zod';

import { CommandFailure } from './failure.ts';

type Issue = z.core.$ZodIssue;
type Words = { readonly wrong: string; readonly cure: string };

/**
 * Turns the first thing wrong with a command's input into a failure that names the field and the cure. What was given is never
 * repeated: it may be a customer's words.
 */
export function explainIssue(command: string, issues: readonly Issue[]): CommandFailure {
  const issue = innermost(issues, []);
  if (issue === undefined)
    return new CommandFailure('bad-input', `The input of ${command} is bad.`);
  const field = fieldOf(issue);
  const name = field === '' ? `The input of ${command}` : `"${field}"`;
  const { wrong, cure } = explain(issue);
  return new CommandFailure('bad-input', `${name} ${wrong}.`, {
    ...(field === '' ? {} : { field }),
    cure: `${cure}.`,
  });
}

/** Of a union's alternatives the one that fits best, with the path made whole. */
function innermost(issues: readonly Issue[], above: readonly PropertyKey[]): Issue | undefined {
  const [first] = issues;
  if (first === undefined) return undefined;
  const path = [...above, ...first.path];
  if (first.code !== 'invalid_union' || first.errors.length === 0) return { ...first, path };
  const [best] = first.errors.toSorted((a, b) => a.length - b.length);
  return innermost(best ?? [], path) ?? { ...first, path };
}

function fieldOf(issue: Issue): string {
  const path =
    issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return path.map(String).join('.').slice(0, 200);
}

function explain(issue: Issue): Words {
  switch (issue.code) {
    case 'invalid_type':
      return kindWanted(issue.expected);
    case 'too_big':
      return tooBig(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'unrecognized_keys':
      return { wrong: 'is not a field here', cure: 'Leave it out' };
    case 'invalid_value':
      return {
        wrong: 'is none of the values allowed',
        cure: `Give one of: ${issue.values.map(String).join(', ')}`,
      };
    case 'invalid_format':
      return { wrong: 'is not written as it should be', cure: formatWanted(issue.format) };
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return { wrong: 'is not as it should be', cure: 'Look at the fields of this command' };
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object with named fields',
  record: 'an object with named fields',
  array: 'a list',
  null: 'null',
};

function kindWanted(expected: string): Words {
  const kind = kinds[expected] ?? 'a value';
  return { wrong: `is missing or not ${kind}`, cure: `Give ${kind}` };
}

function tooBig(issue: Extract<Issue, { code: 'too_big' }>): Words {
  const limit = `${issue.maximum}${unitOf(issue.origin)}`;
  if (issue.inclusive === false)
    return { wrong: `is not below ${limit}`, cure: `Stay below ${limit}` };
  return { wrong: `is over ${limit}`, cure: `Give at most ${limit}` };
}

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>): Words {
  const limit = `${issue.minimum}${unitOf(issue.origin)}`;
  if (issue.inclusive === false)
    return { wrong: `is not above ${limit}`, cure: `Go above ${limit}` };
  return { wrong: `is under ${limit}`, cure: `Give at least ${limit}` };
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' items' : '';
}

function formatWanted(format: string): string {
  return format === 'uuid' ? 'Give a UUID' : 'Look at how this field is written';
}
