import { runServed } from '#main/hosts/served/run-served.ts';

/** The served host as a program, with the folder of the page as its first word, so that no page need be built. */
const [pageFolder = '', ...argv] = process.argv.slice(2);
await runServed(argv, pageFolder);
