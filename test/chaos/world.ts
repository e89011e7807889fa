/** Everything that a chaos run is made of: processes of Loket, their servers, the network, and the provider. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreConfig } from '../../src/config.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { startTwilioStandIn, type TwilioStandIn } from '../channels/twilio-standin.ts';
import { setClock } from '../e2e/phone.ts';
import type { Chance } from '../e2e/seeded.ts';
import { type Env, freePort, temporaryDir } from '../e2e/service-process.ts';
import type { Program } from '../mongodb-programs.ts';
import { createMember, type Member, type MemberRole } from './member.ts';
import { createNamespaces, createRelays, type Network, type Seat } from './network.ts';
import { type Servers, startServers } from './servers.ts';

/** How the outside reaches Loket: whoever calls it is led to one of the web processes. */
export const PUBLIC_URL = 'http://loket.test';

export interface WorldOptions {
  /** Which database serves the cluster set; undefined: the embedded set. */
  database: Program | undefined;
  network: Network['kind'];
  seed: number;
  chance: Chance;
}

export interface ChaosMember extends Member {
  seat: Seat;
}

export interface World {
  chance: Chance;
  twilio: TwilioStandIn;
  network: Network['kind'];
  members: ChaosMember[];
  /** Undefined in the embedded set. */
  servers: Servers | undefined;
  /** Where the data is that a disk has to keep. */
  dataDir: string;
  /** How far the service's clock is off the machine's. */
  clock: { offsetMs(): number; set(offsetMs: number): void };
  /** Tells the processes what time it is: a new life begins with the machine's clock. */
  tellTime(): Promise<void>;
  /** Opens the store itself; `isBeside`: the processes still run. */
  open(isBeside?: boolean): Promise<Store>;
  close(): Promise<void>;
}

/** Starts everything; resolves when every process answers. Throws, with nothing left behind, when one does not. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { database, chance } = options;
  const temporary = temporaryDir();
  const network = options.network === 'namespaces' ? createNamespaces() : createRelays();
  const undo: (() => unknown)[] = [temporary.remove, () => network.close()];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const { dir } = temporary;
    const servers = database && (await startServers(database));
    if (servers) undo.push(servers.stop);
    const twilio = await startTwilioStandIn({ host: network.host });
    undo.push(twilio.close);
    const masterKey = createHash('sha256').update(`chaos ${options.seed}`).digest();
    const common = commonEnv(twilio, masterKey);
    const roles: MemberRole[] = servers ? ['web', 'web', 'worker', 'worker'] : ['all'];
    const members: ChaosMember[] = [];
    for (const [i, role] of roles.entries()) {
      members.push(await seatMember({ name: `${role}-${i + 1}`, role, network, servers, dir, common }));
    }
    undo.push(() => Promise.all(members.map((member) => member.kill())));
    // The first makes the collections: FerretDB drops the connections of those who make one together.
    const [first, ...others] = members;
    await first?.start();
    await Promise.all(others.map((member) => member.start()));
    const clock = createOffset(twilio);
    const webs = members.filter(({ role }) => role !== 'worker');
    twilio.route = (url) => url.replace(PUBLIC_URL, webs[chance.below(webs.length)]?.url ?? url);
    const dataDir = servers?.database.dir ?? join(dir, 'all-1');
    const where: StoreConfig = servers
      ? { kind: 'cluster', mongodbUrl: mongodbUrl(servers.database.address), redisUrl: undefined }
      : { kind: 'embedded' };
    const open = (isBeside = false) => openStore({ where, dataDir, masterKey, isBeside });
    const tellTime = async () => {
      const now = Date.now() + clock.offsetMs();
      // Who is down right now is told when it is back.
      await Promise.all(webs.map(({ url }) => setClock(url, now).catch(() => {})));
    };
    return { chance, twilio, network: network.kind, members, servers, dataDir, clock, tellTime, open, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The provider's clock never lags behind: that is what looking there for what was sent relies on. */
function createOffset(twilio: TwilioStandIn): World['clock'] {
  let [now, furthest] = [0, 0];
  twilio.now = () => Date.now() + furthest;
  return {
    offsetMs: () => now,
    set(offsetMs) {
      now = offsetMs;
      furthest = Math.max(furthest, offsetMs);
    },
  };
}

function commonEnv(twilio: TwilioStandIn, masterKey: Uint8Array): Env {
  return {
    MASTER_KEY: Buffer.from(masterKey).toString('base64'),
    PUBLIC_URL,
    // For its clock, which the run moves.
    SIMULATOR: 'on',
    LOG_LEVEL: 'info',
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_API_URL: twilio.url,
    TWILIO_SMS_FROM: '+6221000001',
    TWILIO_WHATSAPP_FROM: 'whatsapp:+6221000002',
  };
}

async function seatMember(options: {
  name: string;
  role: MemberRole;
  network: Network;
  servers: Servers | undefined;
  dir: string;
  common: Env;
}): Promise<ChaosMember> {
  const { name, role, servers } = options;
  const seat = await options.network.seat(name);
  const [port, dataDir] = [await freePort(), join(options.dir, name)];
  mkdirSync(dataDir, { recursive: true });
  const env = {
    ...options.common,
    DATA_DIR: dataDir,
    HOST: seat.host,
    PORT: String(port),
    ROLES: role,
    ...(servers ? await waysOf(seat, servers) : {}),
  };
  return {
    ...createMember({ name, role, url: `http://${seat.host}:${port}`, env, through: seat.through }),
    seat,
  };
}

async function waysOf(seat: Seat, { database, redis }: Servers): Promise<Env> {
  return {
    MONGODB_URL: mongodbUrl(await seat.way('database', database.address)),
    REDIS_URL: `redis://${await seat.way('redis', redis.address)}`,
  };
}

/** Direct: a server that counts itself as a replica set would send its clients around the relay. */
function mongodbUrl(address: string): string {
  return `mongodb://${address}/loket?directConnection=true`;
}
