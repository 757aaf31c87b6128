import { existsSync } from 'node:fs';
import path from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = (file: string): string => path.join(import.meta.dirname, file);

/** Each host is a program of its own in `out/main`, named as its folder. */
const programs = Object.fromEntries(
  ['electron', 'served', 'relay', 'cli']
    .map((name) => [name, here(`src-main/hosts/${name}/start.ts`)] as const)
    .filter(([, file]) => existsSync(file)),
);

/** What is written in JavaScript goes into the bundle, as one file loads faster than many; the rest stays where it is. */
const bundled = ['libphonenumber-js', 'ws', 'zod'];

/** Native parts that ws would use if they were there. */
const neverThere = ['bufferutil', 'utf-8-validate'];

export default defineConfig({
  main: {
    build: {
      outDir: here('out/main'),
      target: 'node22',
      externalizeDeps: { exclude: bundled },
      rollupOptions: { input: programs, external: neverThere },
    },
  },
  preload: {
    build: {
      outDir: here('out/preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: here('src-main/hosts/electron/preload.ts') },
        // A sandboxed preload cannot be a module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('src-renderer'),
    plugins: [react()],
    build: {
      outDir: here('out/renderer'),
      emptyOutDir: true,
      minify: true,
      // The page's policy allows no inline files.
      assetsInlineLimit: 0,
      rollupOptions: { input: here('src-renderer/index.html') },
    },
  },
});
