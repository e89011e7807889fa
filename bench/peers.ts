/** Other people's bots: installed beside the benchmark, never among the product's packages. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const DIR = join(import.meta.dirname, 'peers');
const MARK = join(DIR, 'node_modules', '.installed');

/** Installs what `peers/package-lock.json` names, once. Their install scripts are not run. Throws when npm cannot. */
export function installPeers(note: (words: string) => void): void {
  const lock = createHash('sha256')
    .update(readFileSync(join(DIR, 'package-lock.json')))
    .digest('hex');
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === lock) return;
  note('installing the peers (about 270 MB in bench/peers/node_modules)');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: DIR, stdio: 'ignore' });
  writeFileSync(MARK, lock);
}

/** A package of a peer, as the few members that the benchmark uses. */
export function requirePeer<Package>(name: string): Package {
  return createRequire(join(DIR, 'package.json'))(name) as Package;
}

/** The version that is installed. */
export function peerVersion(name: string): string {
  const { version } = JSON.parse(
    readFileSync(join(DIR, 'node_modules', ...name.split('/'), 'package.json'), 'utf8'),
  );
  return String(version);
}
