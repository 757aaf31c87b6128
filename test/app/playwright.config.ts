import { defineConfig } from '@playwright/test';

import { findBrowser } from './find-browser.ts';

const browser = findBrowser();
const executablePath = browser.found ? browser.path : '';

/* Chromium as root has no sandbox of its own; the others keep it from calling home. */
const args = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './build-once.ts',
  outputDir: '../../out/test/app',
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    launchOptions: { executablePath, args },
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
  },
  projects: [{ name: 'served' }, { name: 'electron' }],
});
