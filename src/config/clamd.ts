/** The setting of the virus scanner. */
import type { Reader } from './reader.ts';

/** Where ClamAV's daemon listens. */
export type ClamdAddress = { path: string } | { host: string; port: number };

/** clamd's own port when none is named (clamd.conf(5), TCPSocket). */
const PORT = 3310;
const EXAMPLE = 'unix:/run/clamav/clamd.ctl';

/** `tcp://host:port` or `unix:/path`; undefined: no scanner. */
export function readClamd(reader: Reader): ClamdAddress | undefined {
  const value = reader.text('CLAMD_URL');
  if (value === undefined) return undefined;
  const path = /^unix:(?:\/\/)?(\/.+)$/.exec(value)?.[1];
  if (path !== undefined) return { path };
  const [, host, port = PORT] = /^tcp:\/\/([\w.-]+|\[[\da-fA-F:]+\])(?::(\d{1,5}))?\/?$/.exec(value) ?? [];
  if (host !== undefined && Number(port) > 0 && Number(port) < 65_536)
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  reader.fault('CLAMD_URL', 'must be unix:/path of its socket, or tcp://host:port', EXAMPLE);
  return undefined;
}
