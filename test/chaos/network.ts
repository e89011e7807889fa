/** How the processes of a chaos run reach each other, so that one way can be cut while all others stay. */
import { execFileSync } from 'node:child_process';
import { type Link, openLink } from './link.ts';
import type { ServerName } from './servers.ts';

export interface Network {
  kind: 'relays' | 'namespaces';
  /** Where the provider's stand-in listens. */
  host: string;
  /** A place for one process of Loket. */
  seat(name: string): Promise<Seat>;
  close(): Promise<void>;
}

export interface Seat {
  /** Where the process listens. */
  host: string;
  /** A command that becomes the process. */
  through: string[];
  /** The address under which the process knows a server that listens on `address`. */
  way(server: ServerName, address: string): Promise<string>;
  /** Takes the way to a server away; the result gives it back. */
  cut(server: ServerName, how: 'refuse' | 'silent'): () => void;
}

/** Relays on this machine, one for each way; needs no rights. */
export function createRelays(): Network {
  const links: Link[] = [];
  return {
    kind: 'relays',
    host: '127.0.0.1',
    async seat() {
      const ways = new Map<ServerName, Link>();
      return {
        host: '127.0.0.1',
        through: [],
        async way(server, address) {
          const link = await openLink(address);
          links.push(link);
          ways.set(server, link);
          return link.address;
        },
        cut(server, how) {
          ways.get(server)?.set(how);
          return () => ways.get(server)?.set('open');
        },
      };
    },
    async close() {
      await Promise.all(links.map((link) => link.close()));
    },
  };
}

const BRIDGE = 'loket-chaos';
/** RFC 2544: for tests of networks, never routed. */
const NET = '198.18.77';
const HOSTS = { provider: `${NET}.1`, redis: `${NET}.2`, database: `${NET}.3` } as const;

/**
 * A network namespace for each process, tied to one bridge: what is cut vanishes, as on a real network. Needs root and
 * iproute2; lives on this machine alone. Throws when it cannot be made.
 */
export function createNamespaces(): Network {
  const names: string[] = [];
  const doors = new Map<ServerName, Promise<Link>>();
  clean();
  run('link', 'add', BRIDGE, 'type', 'bridge');
  process.on('exit', clean);
  for (const host of Object.values(HOSTS)) run('addr', 'add', `${host}/24`, 'dev', BRIDGE);
  run('link', 'set', BRIDGE, 'up');

  function seat(name: string): Seat {
    const number = names.push(name);
    const space = `${BRIDGE}-${number}`;
    const [inside, outside] = [`lkc${number}i`, `lkc${number}o`];
    run('netns', 'add', space);
    run('link', 'add', outside, 'type', 'veth', 'peer', 'name', inside);
    run('link', 'set', inside, 'netns', space);
    run('link', 'set', outside, 'master', BRIDGE, 'up');
    const host = `${NET}.${10 + number}`;
    run('-n', space, 'addr', 'add', `${host}/24`, 'dev', inside);
    run('-n', space, 'link', 'set', inside, 'up');
    run('-n', space, 'link', 'set', 'lo', 'up');
    return {
      host,
      through: ['ip', 'netns', 'exec', space],
      async way(server, address) {
        // The servers know this machine only: a relay stands on the bridge for each.
        const link = doors.get(server) ?? openLink(address, HOSTS[server]);
        doors.set(server, link);
        return (await link).address;
      },
      cut(server, how) {
        // `blackhole` loses what is sent, `unreachable` says so; either way no answer gets back.
        const route = [how === 'silent' ? 'blackhole' : 'unreachable', `${HOSTS[server]}/32`];
        run('-n', space, 'route', 'add', ...route);
        return () => run('-n', space, 'route', 'del', ...route);
      },
    };
  }
  return {
    kind: 'namespaces',
    host: HOSTS.provider,
    seat: async (name) => seat(name),
    async close() {
      for (const door of doors.values()) await (await door).close();
      clean();
      process.off('exit', clean);
    },
  };
}

function clean(): void {
  const spaces = execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' }).split('\n');
  for (const line of spaces) {
    const [space = ''] = line.split(' ');
    if (space.startsWith(`${BRIDGE}-`)) run('netns', 'del', space);
  }
  try {
    run('link', 'del', BRIDGE);
  } catch {
    // It was not there.
  }
}

function run(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
