import { openWorkspace } from '#main/core/open-workspace.ts';
import { listConnections as listKept } from '#main/history/connections.ts';
import { listLines } from '#main/history/lines.ts';

import { dataFolderIn, readWords } from './read-words.ts';

/** `connections --data DIR --json`: every connection with its numbers, without secrets. */
export async function listConnections(argv: readonly string[]): Promise<number> {
  const words = readWords(argv, { data: { type: 'string' }, json: { type: 'boolean' } });
  const workspace = openWorkspace(dataFolderIn(words));
  try {
    const lines = listLines(workspace.db);
    const connections = listKept(workspace.db).map(
      ({ id, provider, label, baseUrl, publicUrl, disabled }) => ({
        connectionId: id,
        provider,
        label,
        baseUrl,
        publicUrl,
        disabled,
        numbers: lines
          .filter((line) => line.connectionId === id)
          .map(({ number, label: name, numberType }) => ({ number, label: name, numberType })),
      }),
    );
    const asJson = words.values['json'] === true;
    process.stdout.write(
      asJson ? `${JSON.stringify(connections)}\n` : connections.map(asLine).join(''),
    );
    return 0;
  } finally {
    workspace.close();
  }
}

function asLine(each: {
  connectionId: string;
  provider: string;
  label: string;
  numbers: { number: string }[];
}): string {
  const numbers = each.numbers.map(({ number }) => number).join(', ');
  return `${each.connectionId}  ${each.provider}  ${each.label}  ${numbers}\n`;
}
