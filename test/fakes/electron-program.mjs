#!/usr/bin/env node
// Stands in for Electron's executable: does what the words after `--` say, one after the other.
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const words = process.argv.slice(process.argv.indexOf('--') + 1);
const deeds = {
  tell: (word) => writeFileSync(path.join(process.env.TRUNKLINE_LAUNCH_NOTES, word), ''),
  report: (file) =>
    writeFileSync(
      file,
      JSON.stringify({
        argv: process.argv.slice(2),
        asNode: process.env.ELECTRON_RUN_AS_NODE ?? null,
      }),
    ),
  exit: (code) => process.exit(Number(code)),
  die: (signal) => process.kill(process.pid, signal),
  stay: () => setInterval(() => {}, 1_000),
  count: (signal) => {
    let heard = 0;
    process.on(signal, () => {
      heard += 1;
      setTimeout(() => process.exit(40 + heard), 300);
    });
  },
};

for (let i = 0; i < words.length; i += 2) deeds[words[i].replace('--', '')](words[i + 1]);
