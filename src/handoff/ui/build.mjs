/**
 * Builds the operator web app into dist/inbox (`npm run build:ui`, and by itself after `npm ci`). Plain JavaScript,
 * because an installation without development dependencies runs it too, on whatever Node it has: without Vite it
 * leaves an earlier build as it is.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('.', import.meta.url));
const outDir = fileURLToPath(new URL('../../../dist/inbox', import.meta.url));

const vite = await import('vite').catch((error) => {
  if (error?.code === 'ERR_MODULE_NOT_FOUND') return undefined;
  throw error;
});

if (vite) {
  await vite.build({
    root,
    base: '/inbox/',
    configFile: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: true,
      // Office computers are old; these are the browsers of 2020 and after.
      target: ['chrome85', 'firefox78', 'safari14'],
      modulePreload: { polyfill: false },
      // Nothing inline: the page's policy would refuse it.
      assetsInlineLimit: 0,
      rolldownOptions: {
        preserveEntrySignatures: false,
        output: { codeSplitting: { groups: ['admin', 'places', 'supervision'].map(asOne) } },
      },
    },
  });
  packAll(`${outDir}/assets`);
} else {
  const state = existsSync(`${outDir}/index.html`)
    ? 'the web app built earlier stays'
    : 'there is no web app yet';
  process.stderr.write(`build:ui: Vite is not installed (no development dependencies); ${state}.\n`);
}

/** Views of one corridor share words and parts: fetched as one they are a tenth smaller, packed. */
function asOne(corridor) {
  return { name: corridor, test: new RegExp(`/ui/${corridor}/`), includeDependenciesRecursively: false };
}

/** Beside each file the same one packed, for the service to send (api/web-app.ts). */
function packAll(folder) {
  for (const name of readdirSync(folder)) {
    writeFileSync(`${folder}/${name}.gz`, gzipSync(readFileSync(`${folder}/${name}`), { level: 9 }));
  }
}
