/** Chromium for the tests of pages. */
import { type Browser, chromium } from 'playwright-core';

/** Starts it without anything that would call the outside. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
