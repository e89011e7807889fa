import type { Connection } from 'mongoose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApplicationStore } from '../../../src/store/cluster/applications.ts';
import { connect } from '../../../src/store/cluster/connection.ts';
import { openClusterKeyring } from '../../../src/store/cluster/keyring.ts';
import { ensureSchema } from '../../../src/store/cluster/schema.ts';
import { createSteps } from '../../../src/store/cluster/steps.ts';
import { seedCommit, seedDraft, seedEntry } from '../../contract/seeds.ts';
import { describeEachMongo } from '../../each-mongo.ts';
import { MASTER_KEY } from '../temp-store.ts';

await describeEachMongo('the round trips', (mongo) => {
  const connections: Connection[] = [];
  let url: string;
  beforeEach(() => {
    url = mongo.freshUrl();
  });
  afterEach(async () => {
    for (const connection of connections.splice(0)) await connection.close();
  });

  /** A process, and the commands that it sends while `work` runs. */
  async function openProcess() {
    const connection = await connect(url, { monitorCommands: true });
    connections.push(connection);
    await ensureSchema(connection);
    const keyring = await openClusterKeyring(connection, { masterKey: MASTER_KEY });
    const steps = createSteps(connection, keyring);
    const applications = createApplicationStore(connection, keyring);
    const sent: string[] = [];
    connection.getClient().on('commandStarted', ({ commandName }) => sent.push(commandName));
    const during = async (work: () => Promise<unknown>) => {
      sent.length = 0;
      await work();
      return [...sent];
    };
    return { ...steps, applications, during };
  }

  const say = (version: number) => ({
    entries: [seedEntry({ id: `siti.${version}.0` })],
    effects: [{ id: `siti.${version}.0`, type: 'say', params: { entry: `siti.${version}.0` } }],
    inbound: `m${version}`,
  });
  const sent = (version: number) =>
    ({ entry: `siti.${version}.0`, status: 'sent', providerId: `SM${version}` }) as const;

  it('are one for each thing done with a message, in a process that has seen the owner before', async () => {
    const web = await openProcess();
    const worker = await openProcess();
    await web.conversations.commit(seedCommit({}, say(1)));
    await worker.jobs.effectsOf('siti');
    await worker.jobs.effectDone('siti.1.0', sent(1));

    const { conversations } = web;
    expect(await web.during(() => conversations.load('siti'))).toEqual(['find']);
    expect(await web.during(() => conversations.commit(seedCommit({ version: 2 }, say(2))))).toEqual([
      'insert',
    ]);
    expect(await worker.during(() => worker.jobs.effectsOf('siti'))).toEqual(['find']);
    expect(await worker.during(() => worker.jobs.effectDone('siti.2.0', sent(2)))).toEqual(['update']);
    expect(await web.during(() => conversations.setStatus('siti.2.0', 'delivered'))).toEqual(['update']);
    expect((await worker.conversations.findSent('SM2'))?.entry.status).toBe('delivered');
  });

  it('are three when a step takes a result, and no more than four for a first message', async () => {
    const one = await openProcess();
    expect(await one.during(() => one.conversations.commit(seedCommit({}, say(1))))).toEqual([
      'find',
      'find',
      'insert',
      'insert',
    ]);
    const take = seedCommit({ version: 2 }, { effectDone: 'siti.1.0' });
    expect(await one.during(() => one.conversations.commit(take))).toEqual(['find', 'insert', 'update']);
  });

  it('are one to find an application, three to change it, two for any list', async () => {
    const { applications, during } = await openProcess();
    const filed = await applications.create(seedDraft({ marks: ['m1'] }));
    expect(await during(() => applications.find(filed.number))).toEqual(['find']);
    expect(await during(() => applications.findByConversation('siti'))).toEqual(['find']);
    const change = { ...filed, version: 2, marks: ['m2'] };
    expect(await during(() => applications.update(change))).toEqual(['find', 'insert', 'update']);
    expect(await during(() => applications.list({ limit: 9 }))).toEqual(['find', 'find']);
    expect(await during(() => applications.findByMark('m2'))).toEqual(['find', 'find']);
    expect(await during(() => applications.listUntold(9))).toEqual(['find']);
  });
});
