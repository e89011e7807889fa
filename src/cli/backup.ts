/** `loket backup` and `loket restore`: everything in one file, and back. */
import { readConfig } from '../config.ts';
import { loadMasterKey } from '../master-key.ts';
import { backupStore, restoreStore } from '../store/open.ts';
import { type Io, print } from './io.ts';

/** Copies DATA_DIR into `file`, also beside a running service; counts go to the output as JSON. */
export async function runBackup(file: string, io: Io): Promise<void> {
  const { dataDir } = readConfig(process.env);
  const counts = await backupStore(dataDir, file, createProgress(io));
  print(io.output, JSON.stringify(counts));
  print(
    io.errors,
    `Everything is in ${file}. Keep the master key elsewhere: without it the copy cannot be read.`,
  );
}

/** Makes DATA_DIR what it was at the time of the copy. */
export async function runRestore(file: string, { force }: { force: boolean }, io: Io): Promise<void> {
  const config = readConfig(process.env);
  const { dataDir, masterKeyAlso } = config;
  const masterKey = loadMasterKey(config);
  const counts = await restoreStore({ source: file, dataDir, masterKey, masterKeyAlso, force });
  print(io.output, JSON.stringify(counts));
  print(io.errors, `${dataDir} is as it was when the copy was made.`);
}

/** One line that counts up, on a terminal only. */
function createProgress({ errors }: Io): (done: number) => void {
  if (!('isTTY' in errors && errors.isTTY)) return () => {};
  return (done) => errors.write(`\r${Math.round(done * 100)} %${done >= 1 ? '\n' : ''}`);
}
