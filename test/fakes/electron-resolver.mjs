// Preloaded by `node --import`: lets `electron` be the stand-in beside this file.
import { registerHooks } from 'node:module';

const standIn = new URL('electron-package.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
