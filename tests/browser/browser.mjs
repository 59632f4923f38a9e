/* A browser for the tests: Debian's Chromium, which goes nowhere but to the files it is given. */
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';

export const programs = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function findBrowser() {
  return programs.find((path) => existsSync(path));
}

export function launch() {
  return chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
