/**
 * Programs that speak MongoDB's protocol, found or made: `mongod` and `ferretdb` on the path, FerretDB built by Go
 * (ferretdb/main.go), SecantusDB from PyPI by Python. What is made lies in a folder of the system's temporary
 * directory, for the next time: Go needs about two minutes and the network, Python some seconds and the network.
 */
import { spawn, spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { buildFerretdb, ferretdbSources } from './ferretdb/build.ts';

/** In the order of preference. */
const PROGRAMS = ['mongod', 'ferretdb', 'secantus'] as const;
export type Program = (typeof PROGRAMS)[number];

/** `given`: the server that MONGODB_URL names. */
export type MongoKind = 'given' | Program;

/** What may be had here, best first. */
export function mongoKinds(): MongoKind[] {
  return [...(process.env.MONGODB_URL ? (['given'] as const) : []), ...PROGRAMS.filter(mayHave)];
}

/** The command that serves `dir` on `port` of this machine. */
export type Serve = (port: number, dir: string) => [program: string, ...args: string[]];

const SECANTUS = 'secantusdb==0.7.0b3';

/** Whether it is here, or what can make it is (which may fail without a network). */
function mayHave(program: Program): boolean {
  if (program === 'mongod') return hasProgram('mongod');
  if (program === 'ferretdb') return existsSync(ferretdbFile()) || hasProgram('go');
  return hasProgram('secantusd-py') || existsSync(secantusFile()) || hasProgram('python3');
}

/** `undefined`, and why on stderr, when it is neither here nor can be made. */
export async function findProgram(program: Program): Promise<Serve | undefined> {
  if (!mayHave(program)) return undefined;
  try {
    return await FINDERS[program]();
  } catch (cause) {
    process.stderr.write(`${program} cannot be had: ${cause instanceof Error ? cause.message : cause}\n`);
    return undefined;
  }
}

const FINDERS: { [name in Program]: () => Promise<Serve> } = {
  mongod: async () => (port, dir) => [
    ...(['mongod', '--port', `${port}`, '--bind_ip', '127.0.0.1'] as const),
    ...['--dbpath', dir, '--quiet', '--wiredTigerCacheSizeGB', '0.25'],
  ],
  ferretdb: async () => {
    const file = ferretdbFile();
    await makeOnce(file, async (temporary) => {
      await buildFerretdb(temporary, run);
    });
    return (port, dir) => [file, `127.0.0.1:${port}`, dir];
  },
  secantus: async () => {
    const file = hasProgram('secantusd-py') ? 'secantusd-py' : secantusFile();
    if (file !== 'secantusd-py') await makeOnce(join(file, '..', '..'), makeSecantus);
    return (port, dir) => [
      ...([file, '--host', '127.0.0.1', '--port', `${port}`] as const),
      ...['--storage-path', dir, '--log-level', 'ERROR'],
    ];
  },
};

/** By what it is made of: another version is another file. */
function ferretdbFile(): string {
  return join(tmpdir(), `loket-ferretdb-${hash('sha256', ferretdbSources()).slice(0, 12)}`);
}

function secantusFile(): string {
  return join(tmpdir(), `loket-${SECANTUS.replaceAll('=', '-')}`, 'bin', 'secantusd-py');
}

/** A virtual environment knows its own path, so it is made in place, and marked when it is whole. */
async function makeSecantus(dir: string): Promise<void> {
  await run('python3', ['-m', 'venv', dir]);
  await run(join(dir, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', SECANTUS]);
}

/** Many test files may ask at the same time: one makes it, the others wait. `make` is given a place to make it in. */
async function makeOnce(path: string, make: (path: string) => Promise<void>): Promise<void> {
  const lock = `${path}.lock`;
  while (!existsSync(`${path}.made`)) {
    if (takeLock(lock)) {
      try {
        await make(path);
        writeFileSync(`${path}.made`, '');
      } finally {
        rmSync(lock, { force: true });
      }
    } else await pause(200);
  }
}

/** `false` while another process holds it. One that died holding it does not. */
function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

async function run(command: string, args: string[], cwd = tmpdir()): Promise<string> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, told] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  if (child.exitCode !== 0) throw new Error(`${command} ${args[0]} failed: ${told.slice(-500)}`);
  return out;
}

function hasProgram(name: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0;
}
