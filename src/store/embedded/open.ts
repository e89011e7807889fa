/** Puts the embedded store together: SQLite and files in one directory, one process. */
import { mkdirSync } from 'node:fs';
import { AppError } from '../../errors.ts';
import { createEnvelope, type MasterKeys } from '../envelope.ts';
import { createHub } from '../hub.ts';
import type { Store, StoreOptions } from '../types.ts';
import { createApplicationStore } from './applications.ts';
import { createAuditLog } from './audit.ts';
import { createBookingStore } from './bookings.ts';
import { createCheckpointer } from './checkpointer.ts';
import { createConversationStore } from './conversations.ts';
import { openDatabase } from './database.ts';
import { createEraser } from './erase.ts';
import { createFileStore } from './files.ts';
import { createHeads } from './heads.ts';
import { createIssuedStore } from './issued.ts';
import { createJobs } from './jobs.ts';
import { createSealer, openKeyring } from './keyring.ts';
import { createLinkStore } from './links.ts';
import { lockDataDir } from './lock.ts';
import { migrate } from './migrate.ts';
import { createOperatorStore } from './operators.ts';
import { createRewrapper } from './rotate.ts';
import { createSteps } from './steps.ts';
import { createTranscripts } from './transcripts.ts';
import { createWriter } from './writer.ts';

/** See `openStore`. */
export function openEmbedded({ dataDir, masterKey, masterKeyAlso, isBeside = false }: StoreOptions): Store {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = isBeside ? () => {} : lockDataDir(dataDir);
  try {
    return build({ dataDir, masterKeys: { masterKey, masterKeyAlso }, isBeside }, unlock);
  } catch (cause) {
    unlock();
    throw cause;
  }
}

function build(
  { dataDir, masterKeys, isBeside }: { dataDir: string; masterKeys: MasterKeys; isBeside: boolean },
  unlock: () => void,
): Store {
  const db = openDatabase(dataDir);
  migrate(db, masterKeys);
  const keyring = openKeyring(db, masterKeys);
  const checkpointer = createCheckpointer(db, dataDir);
  const heads = createHeads(db, keyring);
  const forget = () => {
    keyring.forget();
    heads.forget();
  };
  const writer = createWriter({ db, onRollback: forget, onGroup: checkpointer.noteGroup });
  const steps = createSteps(db, heads);
  const transcripts = createTranscripts({ keyring, heads, steps });
  const deps = { db, writer, keyring, heads, steps, transcripts, dataDir };
  const ping = db.prepare(
    "INSERT INTO meta (name, value) VALUES ('ping', x'') ON CONFLICT DO UPDATE SET value = x''",
  );
  return {
    conversations: createConversationStore(deps),
    jobs: createJobs(deps),
    hub: createHub(),
    applications: createApplicationStore(deps),
    bookings: createBookingStore(db, writer),
    files: createFileStore(deps),
    sealer: createSealer(keyring, writer),
    links: createLinkStore(db, writer),
    issued: createIssuedStore(db, writer),
    operators: createOperatorStore(db, writer),
    audit: createAuditLog(deps),
    eraseOwner: isBeside ? refuseErasing : createEraser(deps),
    rewrapKeys: createRewrapper({ db, writer, envelope: createEnvelope(masterKeys) }),
    ping: () =>
      writer.write(() => {
        ping.run();
      }),
    close: async () => {
      if (!db.isOpen) return;
      writer.close();
      await checkpointer.close();
      db.close();
      unlock();
    },
  };
}

/** The service keeps clear keys in memory and would go on sealing with one that is destroyed. */
async function refuseErasing(): Promise<void> {
  throw new AppError('TAKEN', {
    detail: 'erasing needs the data directory for itself: stop the service first',
  });
}
