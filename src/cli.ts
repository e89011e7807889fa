#!/usr/bin/env node
/** `npx loket`: one command each in src/cli/, loaded when it is asked for. */
import process from 'node:process';
import { Command, Option } from 'commander';
import type { Io } from './cli/io.ts';
import type { OperatorDeps } from './cli/operator.ts';
import { readFiles } from './config.ts';
import { AppError } from './errors.ts';

const io: Io = { input: process.stdin, output: process.stdout, errors: process.stderr };

/** Runs one command: false or a throw is exit code 1; faults are told in their own words, without a stack. */
async function run(work: () => unknown): Promise<void> {
  try {
    if ((await work()) === false) process.exitCode = 1;
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`loket: ${error instanceof AppError ? error.message : `unexpected: ${error}`}\n`);
  }
}

/** Lends the ports of the store that accounts need. */
async function withOperators(work: (deps: OperatorDeps) => Promise<void>): Promise<void> {
  const [{ withStore }, { createClock }, { createIds }] = await Promise.all([
    import('./cli/open-store.ts'),
    import('./clock.ts'),
    import('./ids.ts'),
  ]);
  await withStore(({ operators, audit }) =>
    work({ operators, audit, clock: createClock(), ids: createIds(), io }),
  );
}

const program = new Command('loket')
  .description('The civil-registry counter (Disdukcapil), on WhatsApp and SMS')
  .showHelpAfterError('(see --help)');

const flows = program.command('flows').description('look at flows.yaml (FLOWS_FILE)');

flows
  .command('check')
  .description('tell every mistake with file, line and column, and the SMS cost of every text')
  .argument('[file]', 'a file other than FLOWS_FILE; without, OFFICE_FILE is checked too')
  .action((file?: string) =>
    run(async () => {
      const { runFlowsCheck } = await import('./cli/flows-check.ts');
      return runFlowsCheck(file === undefined ? readFiles(process.env) : { flowsFile: file }, io);
    }),
  );

flows
  .command('list')
  .description('list the services')
  .option('--json', 'as JSON, with their steps', false)
  .action((options: { json: boolean }) =>
    run(async () => {
      const [{ getFlows }, { runFlowsList }] = await Promise.all([
        import('./cli/flows-file.ts'),
        import('./cli/flows-list.ts'),
      ]);
      runFlowsList(getFlows(readFiles(process.env).flowsFile), options, io);
    }),
  );

flows
  .command('graph')
  .description('draw the conversation as a Mermaid state diagram')
  .action(() =>
    run(async () => {
      const [{ getFlows }, { runFlowsGraph }] = await Promise.all([
        import('./cli/flows-file.ts'),
        import('./cli/flows-graph.ts'),
      ]);
      runFlowsGraph(getFlows(readFiles(process.env).flowsFile), io);
    }),
  );

const calendar = program.command('calendar').description('days off and opening days (OFFICE_FILE)');

calendar
  .command('year', { isDefault: true })
  .description('print the national holidays of a year, to check and paste below closures: of office.yaml')
  .argument('<year>', 'for example 2027')
  .action((year: string) =>
    run(async () => {
      const { runCalendarYear } = await import('./cli/calendar-year.ts');
      await runCalendarYear(year, io);
    }),
  );

calendar
  .command('check')
  .description('tell which days each point is open for 14 weeks, and what is missing in office.yaml')
  .option('--json', 'as JSON', false)
  .action((options: { json: boolean }) =>
    run(async () => {
      const [{ getOffice }, { runCalendarCheck }, { createClock }] = await Promise.all([
        import('./cli/flows-file.ts'),
        import('./cli/calendar-check.ts'),
        import('./clock.ts'),
      ]);
      const office = getOffice(readFiles(process.env).officeFile);
      return runCalendarCheck(office, { clock: createClock(), io }, options);
    }),
  );

program
  .command('understand')
  .description('tell what each line of standard input (text, or JSON with "text") is taken for')
  .action(() =>
    run(async () => {
      const [{ getFlows }, { runUnderstand }] = await Promise.all([
        import('./cli/flows-file.ts'),
        import('./cli/understand.ts'),
      ]);
      await runUnderstand(getFlows(readFiles(process.env).flowsFile), io);
    }),
  );

program
  .command('parse')
  .description('read each line of standard input as an answer')
  .argument('<type>', 'nik, kk, date, phone, name, yes-no or akta-number')
  .option('--now <ISO time>', 'what "today" and two-digit years are reckoned from')
  .action((type: string, options: { now?: string }) =>
    run(async () => {
      const [{ findTimeZone }, { runParse }] = await Promise.all([
        import('./cli/flows-file.ts'),
        import('./cli/parse.ts'),
      ]);
      const timeZone = findTimeZone(readFiles(process.env).officeFile);
      await runParse(type, { ...options, ...(timeZone !== undefined && { timeZone }) }, io);
    }),
  );

program
  .command('chat')
  .description('talk to the service in the terminal')
  .addOption(
    new Option('--channel <channel>', 'the kind of phone').choices(['whatsapp', 'sms']).default('whatsapp'),
  )
  .action((options: { channel: 'whatsapp' | 'sms' }) =>
    run(async () => {
      const [{ runChat }, { openChat }] = await Promise.all([
        import('./cli/chat.ts'),
        import('./cli/open-chat.ts'),
      ]);
      await runChat(openChat, options, io);
    }),
  );

program
  .command('form')
  .description('print an empty form of Permendagri 109/2019 for the counter, as a PDF')
  .argument('<code>', 'F-1.02, F-1.03, F-1.05, F-1.06, F-1.07, F-2.01, F-2.03 or F-2.04')
  .option('--out <file>', 'where to (default: standard output)')
  .action((code: string, options: { out?: string }) =>
    run(async () => {
      const [{ runForm }, { createClock }] = await Promise.all([
        import('./cli/form.ts'),
        import('./clock.ts'),
      ]);
      const { officeFile } = readFiles(process.env);
      await runForm({ code, officeFile, ...options }, { clock: createClock(), io });
    }),
  );

const operator = program.command('operator').description('accounts of those who answer citizens');

operator
  .command('add')
  .description('make an account; its one-time password is written to standard output')
  .argument('<username>')
  .option('--name <name>', 'as citizens and colleagues read it (default: the username)')
  .option('--role <role>', 'operator, verifier, supervisor, admin or auditor', 'operator')
  .action((username: string, options: { name?: string; role: string }) =>
    run(async () => {
      const { addOperator } = await import('./cli/operator.ts');
      await withOperators((deps) => addOperator(deps, { username, name: options.name, role: options.role }));
    }),
  );

operator
  .command('list')
  .description('list the accounts')
  .option('--json', 'as JSON', false)
  .action((options: { json: boolean }) =>
    run(async () => {
      const { listOperators } = await import('./cli/operator.ts');
      await withOperators((deps) => listOperators(deps, options));
    }),
  );

operator
  .command('disable')
  .description('shut an account and log it out')
  .argument('<username>')
  .action((username: string) =>
    run(async () => {
      const { disableOperator } = await import('./cli/operator.ts');
      await withOperators((deps) => disableOperator(deps, username));
    }),
  );

operator
  .command('enable')
  .description('open an account again, with the password it had')
  .argument('<username>')
  .action((username: string) =>
    run(async () => {
      const { enableOperator } = await import('./cli/operator.ts');
      await withOperators((deps) => enableOperator(deps, username));
    }),
  );

operator
  .command('role')
  .description('give an account another role, and log it out')
  .argument('<username>')
  .argument('<role>', 'operator, verifier, supervisor, admin or auditor')
  .action((username: string, role: string) =>
    run(async () => {
      const { setRole } = await import('./cli/operator.ts');
      await withOperators((deps) => setRole(deps, username, role));
    }),
  );

operator
  .command('totp-off')
  .description('take the second factor of an account away (a lost phone)')
  .argument('<username>')
  .action((username: string) =>
    run(async () => {
      const { removeTotp } = await import('./cli/operator.ts');
      await withOperators((deps) => removeTotp(deps, username));
    }),
  );

operator
  .command('reset-password')
  .description('give a new one-time password; opens a locked or disabled account')
  .argument('<username>')
  .action((username: string) =>
    run(async () => {
      const { resetPassword } = await import('./cli/operator.ts');
      await withOperators((deps) => resetPassword(deps, username));
    }),
  );

program
  .command('backup')
  .description('copy everything into one file, also while the service runs')
  .argument('<file>', 'a file that does not exist yet')
  .action((file: string) =>
    run(async () => {
      const { runBackup } = await import('./cli/backup.ts');
      await runBackup(file, io);
    }),
  );

program
  .command('restore')
  .description('bring a copy back, of either store; the service must be stopped, and the same master key set')
  .argument('<file>', 'made by loket backup')
  .option('--force', 'replace the data that is there', false)
  .action((file: string, options: { force: boolean }) =>
    run(async () => {
      const { runRestore } = await import('./cli/backup.ts');
      await runRestore(file, options, io);
    }),
  );

program
  .command('audit')
  .description('look at the audit log')
  .command('verify')
  .description('check that no entry was changed or removed')
  .action(() =>
    run(async () => {
      const [{ withStore }, { runAuditVerify }] = await Promise.all([
        import('./cli/open-store.ts'),
        import('./cli/audit.ts'),
      ]);
      return withStore((store) => runAuditVerify(store.audit, io));
    }),
  );

program
  .command('keys')
  .description('the master key')
  .command('rotate')
  .description(
    'wrap by MASTER_KEY what MASTER_KEY_ALSO wrapped; on the embedded store the service must be stopped',
  )
  .action(() =>
    run(async () => {
      const [{ withStore }, { runKeysRotate }, { readConfig }] = await Promise.all([
        import('./cli/open-store.ts'),
        import('./cli/keys.ts'),
        import('./config.ts'),
      ]);
      // A service on SQLite that has the old key alone would no longer open what is wrapped anew.
      const isBeside = readConfig(process.env).store.kind === 'cluster';
      await withStore((store) => runKeysRotate(store, io), isBeside);
    }),
  );

const retention = program.command('retention').description('how long what is kept, and erasing it');

retention
  .command('list')
  .description('tell the rules in force (office.yaml) and when the service erases next')
  .option('--json', 'as JSON', false)
  .action((options: { json: boolean }) =>
    run(async () => {
      const { listRetention, withErasableStore } = await import('./cli/retention.ts');
      await withErasableStore((deps) => listRetention({ ...deps, io }, options), { isReadOnly: true });
    }),
  );

retention
  .command('run')
  .description(
    'erase now what is kept no longer; the service does so every night. On SQLite it must be stopped',
  )
  .option('--dry-run', 'only count what would be erased, also while the service runs', false)
  .action((options: { dryRun: boolean }) =>
    run(async () => {
      const { runRetentionNow, withErasableStore } = await import('./cli/retention.ts');
      return withErasableStore((deps) => runRetentionNow({ ...deps, io }, options), {
        isReadOnly: options.dryRun,
      });
    }),
  );

retention
  .command('erase')
  .description('erase a closed case whose applicant asks for it. On SQLite the service must be stopped')
  .argument('<number>', 'of the application')
  .option('--person', 'also the chat it came from, and all its cases', false)
  .option('--yes', 'it cannot be undone', false)
  .action((number: string, options: { person: boolean; yes: boolean }) =>
    run(async () => {
      const { eraseOne, withErasableStore } = await import('./cli/retention.ts');
      await withErasableStore((deps) => eraseOne({ ...deps, io }, number, options));
    }),
  );

// A reader that stops early (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

await program.parseAsync();
