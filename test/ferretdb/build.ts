/**
 * Builds FerretDB 1.24.2 (SQLite backend) into one program, with one change: queries use the indexes that it makes
 * (where.go.txt). Without it each of the store's queries decodes every document of the collection. What it is in the
 * way of atomicity stays as it is: unique inserts and deletes are, updates of one document are not.
 *
 * `go install .../cmd/ferretdb@v1.24.2` does not make a program that starts: it lacks its version file.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = import.meta.dirname;
const OWN = ['main.go', 'go.mod', 'go.sum'];
const MODULE = 'github.com/FerretDB/FerretDB';

/** What the program is made of: another text is another program. */
export function ferretdbSources(): string {
  return [...OWN, 'where.go.txt', 'build.ts']
    .map((name) => readFileSync(join(SOURCES, name), 'utf8'))
    .join('\0');
}

/** `run` resolves with what the command wrote. Needs Go and the network; about two minutes the first time. */
export async function buildFerretdb(
  file: string,
  run: (command: string, args: string[], cwd: string) => Promise<string>,
): Promise<void> {
  const { Dir } = JSON.parse(await run('go', ['mod', 'download', '-json', MODULE], SOURCES)) as {
    Dir: string;
  };
  const place = `${file}.sources`;
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  for (const name of OWN) cpSync(join(SOURCES, name), join(place, name));
  // What Go keeps is read-only, and a copy made by cp is, too, until it is told otherwise.
  await run('cp', ['-r', '--no-preserve=mode', Dir, 'FerretDB'], place);
  changeQueries(join(place, 'FerretDB', 'internal', 'backends', 'sqlite'));
  await run('go', ['mod', 'edit', `-replace=${MODULE}=./FerretDB`], place);
  await run('go', ['build', '-o', file, '.'], place);
  rmSync(place, { recursive: true, force: true });
}

function changeQueries(sqlite: string): void {
  cpSync(join(SOURCES, 'where.go.txt'), join(sqlite, 'where.go'));
  const [from, to] = ['if params.Filter.Len() == 1 {', '\n\t}\n'];
  change(join(sqlite, 'collection.go'), (source) => {
    const start = source.indexOf(from);
    const end = source.indexOf(to, start) + to.length;
    return `${source.slice(0, start)}whereClause, args = prepareWhere(params.Filter)\n${source.slice(end)}`;
  });
  change(join(sqlite, 'metadata', 'metadata.go'), (source) => source.replace(`"->'$._id'"`, '`->"_id"`'));
}

/** Throws when there is nothing to change: it is another FerretDB. */
function change(path: string, by: (source: string) => string): void {
  const source = readFileSync(path, 'utf8');
  const changed = by(source);
  if (changed === source) throw new Error(`${path} is not as expected`);
  writeFileSync(path, changed);
}
