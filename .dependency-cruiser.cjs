/**
 * Which room may know which (ARCHITECTURE.md, "Invariants"). Imports run downwards, one way:
 *
 *   main, cli, app, service                                        the composition
 *   http   store                                                   the shell; the ports' implementations
 *   channels  documents  handoff  pickup  applications  retention  capabilities; they do not know each other
 *   conversation                                                   the engine, its ports and types
 *   flows   config   office                                        data and its meaning
 *   errors   clock   json   ids   yaml-file   regions              the ground
 */
const capabilities = ['channels', 'documents', 'handoff', 'pickup', 'applications', 'retention'];
const rooms = (names) => `^src/(${names.join('|')})(/|\\.ts$)`;
const ground = ['errors', 'clock', 'json', 'ids', 'yaml-file', 'regions'];

/** A room may import itself and what is named. */
const only = (room, allowed, comment) => ({
  name: `${room}-knows-only-what-lies-below`,
  comment,
  severity: 'error',
  from: { path: rooms([room]) },
  to: { path: '^src/', pathNot: rooms([room, ...allowed, ...ground]) },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    only('flows', [], 'flows/ is pure: the lowest room.'),
    only('config', [], 'Only main and cli hand it the environment.'),
    only('office', [], 'Data and its checks.'),
    only(
      'conversation',
      ['flows', 'config', 'office'],
      'The engine knows no capability, no provider, no database.',
    ),
    ...capabilities.map((room) =>
      only(
        room,
        ['conversation', 'flows', 'config', 'office'],
        'Capabilities do not know each other: main passes ports.',
      ),
    ),
    only(
      'store',
      [...capabilities, 'conversation', 'flows', 'config', 'office'],
      'Implements the ports, knows no HTTP.',
    ),
    only('http', [...capabilities, 'conversation', 'flows', 'config', 'office'], 'The shell knows no store.'),
    {
      name: 'store-only-by-its-door',
      comment: 'Nothing but the store itself and tests knows which implementation stands behind the ports.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/' },
      to: { path: '^src/store/', pathNot: '^src/store/(open|types|backup)\\.ts$' },
    },
    {
      name: 'purity',
      comment: 'flows/ and conversation/step do no I/O and read no clock.',
      severity: 'error',
      from: {
        path: '^src/(flows/|conversation/(step|interpret|present|summary|burst|migrate|outgoing|attention)\\.ts)',
      },
      to: {
        path: '^(express|ioredis|mongoose|pdfkit|node:sqlite|node:fs|fs|node:http|node:net|twilio|pino)',
      },
    },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-package-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/handoff/ui/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/handoff/ui/|^dist/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js', '.cjs', '.mjs'],
    },
  },
};
