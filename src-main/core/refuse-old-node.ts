/** The first Node release whose Node-API our database module needs; on an older one loading it ends the process at once. */
const oldestNode = 22;

/**
 * Says so and sets the exit code where this Node is too old. It imports nothing, so that it can be asked before anything that would
 * end the process is loaded.
 * @returns whether the program has to end here
 */
export function refuseOldNode(): boolean {
  if (Number.parseInt(process.versions.node, 10) >= oldestNode) return false;
  process.stderr.write(
    `Trunkline needs Node ${oldestNode} or newer, and this is ${process.versions.node}: install a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
  return true;
}
