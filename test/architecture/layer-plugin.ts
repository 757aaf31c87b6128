import path from 'node:path';

import { judgeImport } from './judge-import.ts';

type ImportNode = { readonly source?: { readonly value?: unknown } | null };
type Context = {
  readonly filename: string;
  readonly cwd: string;
  report(problem: { node: ImportNode; message: string }): void;
};

/** The lint rule of the layer table: every static, dynamic and re-exporting import is judged by it. */
const dependencyRule = {
  create(context: Context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    const check = (node: ImportNode): void => {
      if (typeof node.source?.value !== 'string') return;
      const message = judgeImport(file, node.source.value);
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

export default { meta: { name: 'layers' }, rules: { 'dependency-rule': dependencyRule } };
