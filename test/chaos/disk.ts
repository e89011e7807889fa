/** A disk that is slow because somebody else uses it: the nearest to a bad disk that needs no rights. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Writes 4 MB and syncs, over and over, in a process of its own beside the data. */
const NEIGHBOUR = `
  const fs = require('node:fs');
  const [file, ms] = process.argv.slice(1);
  const bytes = Buffer.alloc(4 << 20, 7);
  const until = Date.now() + Number(ms);
  while (Date.now() < until) {
    const fd = fs.openSync(file, 'w');
    fs.writeSync(fd, bytes);
    fs.fsyncSync(fd);
    fs.closeSync(fd);
  }
  fs.unlinkSync(file);
`;

/** Resolves when the neighbour has ended, after about `ms`. */
export function troubleDisk(dir: string, ms: number): Promise<void> {
  const args = ['-e', NEIGHBOUR, join(dir, 'neighbour.tmp'), String(ms)];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
}
