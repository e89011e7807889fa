/** Which MongoDB-protocol servers a chaos run can use, and how each is started on data it has kept. */

export type DatabaseKind = 'ferretdb' | 'secantus';

/** Program and arguments that serve the data in `dir` on `address` (`host:port`). */
export function databaseCommand(kind: DatabaseKind, address: string, dir: string): string[] {
  const [host = '', port = ''] = address.split(':');
  if (kind === 'ferretdb') return ['/tmp/ferretdb', address, dir];
  return ['/tmp/secantus/bin/secantusd-py', '--host', host, '--port', port, '--storage-path', dir];
}
