import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemoIdp } from '../../src/demo-idp/index.js';
import { renderPage } from '../../src/login/page.js';
import { main } from '../../src/main.js';
import { networkHost } from './flow-world.js';

/** Contrast ratios (WCAG 2) of every text on the page against what is behind it; a script of the page, so it is a text here. */
const CONTRAST = `(() => {
  const numbers = (color) => (color.match(/[0-9.]+/g) ?? [0, 0, 0]).map(Number);
  const luminance = (color) => {
    const [r, g, b] = numbers(color).slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (color !== 'rgba(0, 0, 0, 0)' && color !== 'transparent') return color;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('h1, h1 span, p, dt, dd')].map((element) => {
    const a = luminance(getComputedStyle(element).color);
    const b = luminance(behind(element));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
})()`;

const BROWSER = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

if (BROWSER === undefined) {
  console.warn('NOTE: no Chromium on this machine, so the two browser tests are skipped (CHROMIUM=PATH names one)');
}

describe.skipIf(BROWSER === undefined)('in a real browser', () => {
  let context: BrowserContext;
  let profile: string;

  beforeAll(async () => {
    profile = mkdtempSync(join(tmpdir(), 'auth-cli-browser-'));
    context = await chromium.launchPersistentContext(profile, {
      executablePath: BROWSER!,
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });

  afterAll(async () => {
    await context?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  it('the page is readable in light and dark, by eye and by screen reader, without a network', async () => {
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const rows = [
      { label: 'login', value: '<b>eve</b>' },
      { label: 'role', value: 'Editor' },
    ];
    await page.setContent(
      renderPage({ ok: true, title: 'Logged in', text: 'This is what Grafana would make of it.', rows }),
    );
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('✔ Logged in');
    expect(await page.getByRole('main').innerText()).toContain('<b>eve</b>');
    expect(await page.getByRole('status').innerText()).toContain('Grafana');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(asked).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const contrast = await page.evaluate<number[]>(CONTRAST);
      expect(Math.min(...contrast)).toBeGreaterThanOrEqual(4.5);
    }
    await page.setViewportSize({ width: 320, height: 600 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.close();
  }, 60_000);

  it('a person signs in, and the page says what Grafana makes of it', async () => {
    const idp = await startDemoIdp();
    const page = await context.newPage();
    try {
      let opened: Promise<unknown> = Promise.resolve();
      const host = networkHost({
        files: { 'grafana.ini': idp.configIni({ rootUrl: 'http://localhost:0/' }) },
        openBrowser: (url) => {
          opened = page.goto(url).then(() => page.getByRole('button', { name: /Eve/ }).click());
          return true;
        },
      });
      const status = await main(['test-login', '--config', 'grafana.ini', '--login-timeout', '30'], host);
      await opened;
      expect(status).toBe(0);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('Logged in');
      expect(await page.getByRole('main').innerText()).toMatch(/role\s+Editor/);
      expect(host.out()).toContain('Editor');
    } finally {
      await page.close();
      await idp.close();
    }
  }, 60_000);
});
