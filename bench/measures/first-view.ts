/** The web app of the operators on a slow line, in Debian's Chromium with nothing kept from before. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { enter, openBrowser, openInbox, signIn } from '../../test/e2e/browser.ts';
import { createPhone } from '../../test/e2e/phone.ts';
import { loket, startService, temporaryDir } from '../../test/e2e/service-process.ts';
import type { Finding, Measure } from '../measure.ts';
import { median } from '../pairs.ts';

/** 400 kbit/s, in bytes a second; ms. */
const LINE = { offline: false, downloadThroughput: 50_000, uploadThroughput: 50_000, latency: 150 };
const AIM_S = 3;
const CITIZENS = 20;

/** The times that a person waits at the beginning of a working day, and what goes over the line meanwhile. */
export const firstView: Measure = {
  name: 'first-view',
  title: 'The operators’ web app at 400 kbit/s, 150 ms away, nothing kept',
  async run({ isQuick, note }) {
    const data = temporaryDir();
    note('starting the service and the browser');
    const service = await startService({ DATA_DIR: data.dir });
    const browser = await openBrowser();
    try {
      for (let i = 0; i < CITIZENS; i += 1)
        await createPhone(service.url, 'whatsapp', `+62812000008${String(i).padStart(2, '0')}`).say(
          'petugas',
        );
      const added = await loket(['operator', 'add', 'rini', '--name', 'Rini'], { DATA_DIR: data.dir });
      const page = await openInbox(browser, service.url);
      const password = await enter(page, 'rini', added.out.trim());
      await page.context().close();
      const turns: Turn[] = [];
      for (let turn = 1; turn <= (isQuick ? 1 : 7); turn += 1) {
        note(`morning ${turn}`);
        turns.push(await morning(browser, service.url, password));
      }
      return findingsOf(turns);
    } finally {
      await browser.close();
      await service.kill();
      data.remove();
    }
  },
};

/** Seconds, kB (1,000 bytes, as they go over the line) and requests. */
interface Look {
  seconds: number;
  kilobytes: number;
  requests: number;
}
type Turn = { login: Look; list: Look; again: Look };

async function morning(browser: Browser, url: string, password: string): Promise<Turn> {
  const context = await browser.newContext({ locale: 'id-ID' });
  const page = await context.newPage();
  const line = await slowLine(context, page);
  const login = await line.time(async () => {
    await page.goto(`${url}/inbox`, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Masuk', exact: true }).waitFor();
  });
  const row = (of: Page) => of.locator('.list .item').first().waitFor();
  const list = await line.time(async () => {
    await signIn(page, 'rini', password);
    await row(page);
  });
  const again = await comeBack(browser, context, async (fresh) => {
    await fresh.goto(`${url}/inbox`, { waitUntil: 'commit' });
    await row(fresh);
  });
  await context.close();
  return { login, list, again };
}

/** The same operator, still signed in, with an empty cache. */
async function comeBack(
  browser: Browser,
  before: BrowserContext,
  work: (page: Page) => Promise<void>,
): Promise<Look> {
  const context = await browser.newContext({ locale: 'id-ID', storageState: await before.storageState() });
  const page = await context.newPage();
  const line = await slowLine(context, page);
  const look = await line.time(() => work(page));
  await context.close();
  return look;
}

async function slowLine(context: BrowserContext, page: Page) {
  const protocol = await context.newCDPSession(page);
  let bytes = 0;
  let requests = 0;
  protocol.on('Network.dataReceived', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  protocol.on('Network.requestWillBeSent', () => {
    requests += 1;
  });
  await protocol.send('Network.enable');
  await protocol.send('Network.emulateNetworkConditions', LINE);
  return {
    async time(work: () => Promise<void>): Promise<Look> {
      bytes = 0;
      requests = 0;
      const beganAt = performance.now();
      await work();
      return { seconds: (performance.now() - beganAt) / 1000, kilobytes: bytes / 1000, requests };
    },
  };
}

function findingsOf(turns: Turn[]): Finding[] {
  const finding = (what: string, looks: Look[]): Finding => {
    const seconds = looks.map((look) => look.seconds);
    const [kilobytes, requests] = [
      median(looks.map((look) => look.kilobytes)),
      median(looks.map((look) => look.requests)),
    ];
    const range = `${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)}`;
    return {
      what,
      value: median(seconds),
      unit: 's',
      aim: { atMost: AIM_S },
      detail: `median of ${looks.length}, ${range}; ${requests} requests, ${kilobytes.toFixed(0)} kB`,
    };
  };
  return [
    finding(
      'address to log-in form',
      turns.map(({ login }) => login),
    ),
    finding(
      `log-in to the list of who waits (${CITIZENS} chats)`,
      turns.map(({ list }) => list),
    ),
    finding(
      'address to the list, signed in already',
      turns.map(({ again }) => again),
    ),
  ];
}
