/** `loket backup` and `loket restore`: everything in one file, and back, on either store. */
import { type Config, readConfig } from '../config.ts';
import { loadMasterKey } from '../master-key.ts';
import { backupStore, type Progress, restoreStore } from '../store/backup.ts';
import type { StoreOptions } from '../store/open.ts';
import { type Io, isTerminal, print } from './io.ts';

/** Copies the configured store into `file`, also beside a running service; figures go to the output as JSON. */
export async function runBackup(file: string, io: Io): Promise<void> {
  const tally = await backupStore(optionsOf(readConfig(process.env)), file, createProgress(io));
  endProgress(io);
  print(io.output, JSON.stringify(tally));
  print(
    io.errors,
    `Everything is in ${file}. Keep the master key elsewhere: without it the copy cannot be read.`,
  );
}

/** Makes the configured store what it was at the time of the copy. */
export async function runRestore(file: string, { force }: { force: boolean }, io: Io): Promise<void> {
  const config = readConfig(process.env);
  const options = { ...optionsOf(config), source: file, force };
  const tally = await restoreStore(options, createProgress(io));
  endProgress(io);
  print(io.output, JSON.stringify(tally));
  const where = config.store.kind === 'cluster' ? 'The database' : config.dataDir;
  print(io.errors, `${where} is as it was when the copy was made.`);
}

function optionsOf(config: Config): StoreOptions {
  const { store: where, dataDir, masterKeyAlso } = config;
  return { where, dataDir, masterKey: loadMasterKey(config), masterKeyAlso };
}

/** A line for each phase that counts up, on a terminal only. */
function createProgress(io: Io): Progress {
  if (!isTerminal(io)) return () => {};
  let last: string | undefined;
  return (phase, records) => {
    if (last !== undefined && last !== phase) endProgress(io);
    last = phase;
    io.errors.write(`\r${records} records ${phase}`);
  };
}

function endProgress(io: Io): void {
  if (isTerminal(io)) io.errors.write('\n');
}
