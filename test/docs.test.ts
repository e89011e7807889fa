import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { VARIABLES } from '../src/config/reader.ts';
import { FAULTS } from '../src/errors.ts';
import { loadOffice } from '../src/office.ts';
import { type Dialogue, playDialogue } from './conversation/dialogue.ts';
import {
  anchors,
  codeBlocks,
  codes,
  DOCUMENTS,
  firstCodes,
  localLinks,
  ROOT,
  readDocument,
  table,
} from './docs/markdown.ts';
import { merge, toYaml } from './docs/merge.ts';

const admin = readDocument('docs/admin.md');
const architecture = readDocument('ARCHITECTURE.md');
const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };

describe('the documents and the code', () => {
  it('name the same rooms', () => {
    const named = firstCodes(architecture, 'folder or file').map((path) => path.replace(/\/$/, ''));
    const there = readdirSync(join(ROOT, 'src')).map((name) => `src/${name}`);
    expect(named.toSorted()).toEqual(there.toSorted());
  });

  it('name the same variables of the environment', () => {
    expect(firstCodes(admin, 'variable')).toEqual([...VARIABLES]);
  });

  it('name the same error codes', () => {
    expect(firstCodes(admin, 'code').toSorted()).toEqual(Object.keys(FAULTS).toSorted());
  });

  it('name the same commands', () => {
    const documented = firstCodes(admin, 'command').map((usage) => usage.replace(/^npx loket | <.*$/g, ''));
    expect(documented.toSorted()).toEqual(commandsOf(readDocument('src/cli.ts')).toSorted());
  });

  it('name no command, option or script that is not there', () => {
    const source = readDocument('src/cli.ts');
    const known = commandsOf(source);
    for (const name of DOCUMENTS) {
      const text = readDocument(name);
      for (const [usage, words = ''] of text.matchAll(/npx loket ([a-z][a-z -]*[a-z])/g)) {
        const command = words.replace(/ --.*$/, '');
        expect(
          known.some((one) => command === one || command.startsWith(`${one} `)),
          `${name}: ${usage}`,
        ).toBe(true);
      }
      for (const [, option] of text.matchAll(/npx loket [^\n`]*?--([a-z]+)/g))
        expect(option === 'help' || source.includes(`--${option}`), `${name}: --${option}`).toBe(true);
      for (const [, script = ''] of text.matchAll(/npm run ([a-z:]+)/g))
        expect(scripts, name).toHaveProperty([script]);
    }
  });

  it('name the same figures for Prometheus', () => {
    const source = readDocument('src/http/metrics.ts');
    const made = [...source.matchAll(/name: '(\w+)'/g)].map(([, name]) => String(name));
    expect(firstCodes(admin, 'figure').toSorted()).toEqual(made.toSorted());
  });

  it('give examples of office.yaml that load', () => {
    const blocks = codeBlocks(admin, 'yaml');
    expect(blocks.length).toBeGreaterThan(0);
    const office = parse(readDocument('office.yaml'));
    for (const block of blocks) {
      const loaded = loadOffice(toYaml(merge(office, parse(block))), 'docs/admin.md');
      expect(loaded).toMatchObject({ ok: true });
    }
  });
});

describe('docs/operator.md', () => {
  const guide = readDocument('docs/operator.md');

  it('calls what is on the screen by the words on the screen', () => {
    const shown = wordsOfScreen();
    const named = [...guide.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words = '']) =>
      words.replaceAll('\n', ' '),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((words) => words !== 'tebal' && !shown.includes(words))).toEqual([]);
  });

  it('fits on four printed pages', () => {
    expect(guide.replace(/<[^>]+>/g, '').split(/\s+/).length).toBeLessThanOrEqual(1550);
    expect([...guide.matchAll(/!\[/g)].length).toBeLessThanOrEqual(4);
  });

  it('shows every screen, on a computer and on a phone', () => {
    const pictures = readdirSync(join(ROOT, 'docs/operator'));
    const shown = localLinks('docs/operator.md').map(({ path }) => path.replace('docs/operator/', ''));
    expect(pictures.filter((picture) => !shown.includes(picture))).toEqual([]);
    const screens = new Set(pictures.map((picture) => picture.replace(/-(1280|390)\.png$/, '')));
    expect(pictures.length).toBe(2 * screens.size);
  });
});

describe('CONTRIBUTING.md', () => {
  it('gives an example of a dialogue that plays', async () => {
    const [example = ''] = codeBlocks(readDocument('CONTRIBUTING.md'), 'yaml');
    const dialogue = parse(example) as Dialogue;
    const outcomes = await playDialogue(dialogue);
    expect(outcomes).toHaveLength(dialogue.turns.length);
    expect(outcomes[0]?.said.join()).toContain('KTP');
  });
});

describe('the documents', () => {
  it.each(DOCUMENTS)('%s has no dead link within the project', (name) => {
    for (const { path, anchor } of localLinks(name)) {
      expect(existsSync(join(ROOT, path)), `${name} -> ${path}`).toBe(true);
      if (anchor !== undefined) expect(anchors(readDocument(path)), `${name} -> ${path}`).toContain(anchor);
    }
  });

  it.each(DOCUMENTS)(
    '%s is plain: no selling, no talking down, no traces of where it was written',
    (name) => {
      const text = readDocument(name);
      expect(text.match(SELLING)?.[0]).toBeUndefined();
      expect(text.match(TRACES)?.[0]).toBeUndefined();
    },
  );

  it('begin with the two commands exactly', () => {
    expect(codeBlocks(readDocument('README.md'), 'sh')).toEqual([
      'npm ci && npm start\n',
      'npm ci && npm test\n',
    ]);
  });

  it('keep ARCHITECTURE.md below 120 lines', () => {
    expect(architecture.trimEnd().split('\n').length).toBeLessThan(120);
  });

  it('show pictures that load on a weak network too', () => {
    const pictures = DOCUMENTS.flatMap(localLinks).filter(({ path }) => path.endsWith('.png'));
    expect(pictures.length).toBeGreaterThan(0);
    for (const { path } of pictures) expect(statSync(join(ROOT, path)).size, path).toBeLessThan(600_000);
  });

  it('explain every row of their tables', () => {
    for (const heading of ['variable', 'code', 'command', 'figure'])
      for (const row of table(admin, heading)) expect(row.at(-1), row.join(' ')).toMatch(/\w/);
  });

  it('name only files that are there', () => {
    for (const name of DOCUMENTS)
      for (const path of codes(readDocument(name)).filter((code) =>
        /^(src|test|docs|scripts)\/[\w./-]+$/.test(code),
      ))
        if (!path.startsWith('test/dialogues/'))
          expect(existsSync(join(ROOT, path)), `${name}: ${path}`).toBe(true);
  });

  it('stand under the Apache licence, and NOTICE names the font and the region codes', () => {
    expect(readDocument('LICENSE')).toContain('Apache License');
    for (const file of ['Source Sans 3', 'idn-area-data']) expect(readDocument('NOTICE')).toContain(file);
    const fonts = readdirSync(join(ROOT, 'src/documents/papers/fonts'));
    expect(fonts).toContain('LICENSE');
    expect(fonts.filter((file) => !file.startsWith('SourceSans3-'))).toEqual(['LICENSE']);
  });
});

const SELLING =
  /\b(simply|easily|obviously|of course|seamless\w*|powerful|blazing\w*|cutting-edge|state-of-the-art|robust|effortless\w*|world-class|leverage|revolutionary|enterprise-grade)\b/i;
/** Folders of somebody's machine, package registries, numbers of issues. */
const TRACES = /(?<![\w.])\/(home|root|Users|tmp|mnt|work\w*)\/|\bregistry\.|\bissues? \d|(?<![\w/&])#\d+\b/;

/** The tables of words of the web app. */
function wordsOfScreen(): string {
  const root = join(ROOT, 'src/handoff/ui');
  const files = readdirSync(root, { recursive: true }).map(String);
  const tables = files.filter((file) => /(texts|names|views)\.ts$/.test(file));
  return tables.map((file) => readDocument(join('src/handoff/ui', file))).join('\n');
}

/**
 * Every command that runs, as `flows check`: each statement of src/cli.ts is one, or names a group. Asking `--help` of
 * each would take ten seconds.
 */
function commandsOf(source: string): string[] {
  const groups: Record<string, string> = { program: '' };
  const commands: string[] = [];
  for (const [, variable, parent = '', chain = ''] of source.matchAll(
    /^(?:const (\w+) = )?(\w+)(?=\s*\.command\()(.*?);$/gms,
  )) {
    const names = [...chain.matchAll(/\.command\('([a-z-]+)'\)/g)].map(([, name]) => String(name));
    const path = [groups[parent] ?? `${parent}?`, ...names].filter(Boolean).join(' ');
    if (variable === undefined) commands.push(path);
    else groups[variable] = path;
  }
  return commands;
}
