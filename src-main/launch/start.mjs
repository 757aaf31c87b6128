/** The first Node release that runs TypeScript as it is; the database module needs 22 as well. */
const oldest = [22, 18];

const [major, minor] = process.versions.node.split('.').map(Number);

if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  process.stderr.write(
    `Trunkline needs Node ${oldest.join('.')} or newer, and this is ${process.versions.node}: install a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
} else {
  const { launch } = await import('./launch.ts');
  await launch(process.argv.slice(2));
}
