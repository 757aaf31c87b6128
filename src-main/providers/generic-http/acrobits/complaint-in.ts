import { type Answered, kindOfStatus } from '#main/http/answer-outcomes.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { isSomething } from '../reply/condition.ts';
import { scalar } from '../reply/finder.ts';
import { type Path, follow } from '../reply/path.ts';
import { type Tree, readTree } from '../reply/read-tree.ts';

const everywhere = (name: string): readonly Path[] => [[name], ['response', name]];
const codes = everywhere('error');
const words = ['description', 'message', 'error_description'].flatMap(everywhere);

/** Does an answer say that something went wrong, whatever its status? */
export function saysError({ values }: Tree): boolean {
  return codes.some((path) => follow(values, path).some(isSomething));
}

/** What an answer says went wrong. `error` is a number like a status, or words of its own. */
export function complaintIn({ status, headers, body }: Answered): SendFailure {
  const tree = readTree(body, headers['content-type']);
  const code = first(tree, codes);
  const said = [code, first(tree, words)].filter((each) => each !== null).join(': ');
  const kind = kindOfStatus(/^[1-5]\d\d$/.test(code ?? '') ? Number(code) : status);
  return { kind, raw: said === '' ? `HTTP ${status}` : said };
}

function first(tree: Tree | null, paths: readonly Path[]): string | null {
  const found = paths.flatMap((path) => follow(tree?.values, path)).filter(isSomething);
  return found.map(scalar).find((each) => each !== null) ?? null;
}
