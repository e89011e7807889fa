import { describe, expect, it } from 'vitest';
import { loadFlows } from '../../src/flows/load.ts';
import { formatProblems } from '../../src/yaml-file.ts';
import { SERVICES, smallFlows } from './small-flows.ts';

/** Every problem of a small file that was changed, one line each. */
function problemsOf(change: (text: string) => string): string {
  const before = smallFlows();
  const text = change(before);
  expect(text, 'the change must change something').not.toBe(before);
  const loaded = loadFlows(text, 'f.yaml');
  return loaded.ok ? 'ok' : formatProblems(loaded.problems);
}

/** Replaces the first place; `at` names the line that the problem should be on. */
const swap = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

/** The line of the file that begins with `start` behind its indentation. */
function lineOf(start: string, from: string = smallFlows()): number {
  return from.split('\n').findIndex((line) => line.trimStart().startsWith(start)) + 1;
}

describe('loadFlows', () => {
  it('loads a file that is right, with its defaults', () => {
    const loaded = loadFlows(smallFlows(), 'f.yaml');
    if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
    expect(Object.keys(loaded.flows.services)).toEqual(['akta', 'status', 'info']);
    expect(loaded.flows.services.akta?.steps[4]).toMatchObject({ accept: ['image', 'pdf'], pages: 1 });
    expect(loaded.position(['services', 'akta', 'code'])).toEqual({ line: 4, column: 11 });
  });

  it.each([
    // Conditions.
    [
      'a condition on a step that is not there',
      swap('when: { ada: true }', 'when: { adaa: true }'),
      /^f.yaml:34:17: services.akta.steps.4.when.adaa: this service has no step "adaa"; did you mean "ada"\?$/,
    ],
    [
      'a condition on a later step',
      swap('when: { ada: true }', 'when: { cara: pdf }'),
      /^f.yaml:34:17: .*"cara" is not asked before this step; move it up, or this one down$/,
    ],
    [
      'a condition on the step itself',
      swap('when: { ada: true }', 'when: { surat: { answered: true } }'),
      /^f.yaml:34:17: .*"surat" is not asked before/,
    ],
    [
      'a word where yes or no goes',
      swap('when: { ada: true }', 'when: { ada: ya }'),
      /^f.yaml:34:22: .*"ya" is no answer of "ada", which is ask: yes-no; write true or false$/,
    ],
    [
      'an option that is not there',
      swap('when: { ada: true }', 'when: { kelamin: lakii }'),
      /^f.yaml:34:26: .*"lakii" is no option of "kelamin"; did you mean "laki"\?$/,
    ],
    [
      'an option that is not there, in a list',
      swap('when: { ada: true }', 'when: { kelamin: { in: [laki, pria] } }'),
      /^f.yaml:34:39: .*"pria" is no option of "kelamin"; it is one of laki, perempuan$/,
    ],
    [
      'an option that is not there, excluded',
      swap('when: { ada: true }', 'when: { kelamin: { not: true } }'),
      /^f.yaml:34:33: .*true is no option of "kelamin"/,
    ],
    [
      'an age of something that is no date',
      swap('when: { ada: true }', 'when: { kelamin: { olderThan: P1D } }'),
      /^f.yaml:34:28: .*only dates and NIKs have an age; "kelamin" is ask: choice$/,
    ],
    [
      'a date that is none',
      swap('when: { ada: true }', 'when: { lahir: kemarin }'),
      /^f.yaml:34:24: .*ask: date; write it as "2026-01-31"$/,
    ],
    [
      'a number where text goes',
      swap('when: { ada: true }', 'when: { nik: 64 }'),
      /^f.yaml:34:22: .*put it in quotes$/,
    ],
    [
      'a document compared with a value',
      swap('cara: ambil }', 'surat: ambil }'),
      /^f.yaml:10:47: services.akta.visit.when.surat: "surat" is ask: document and cannot be compared; write \{ answered: true \}/,
    ],
    [
      'a visit that depends on nothing',
      swap('cara: ambil }', 'acara: ambil }'),
      /^f.yaml:10:40: services.akta.visit.when.acara: this service has no step "acara"; did you mean "cara"\?$/,
    ],
    // Names.
    [
      'two steps of one name',
      swap('- id: lahir', '- id: nik'),
      /f.yaml:17:13: services.akta.steps.1.id: the service has two steps "nik"; rename one/,
    ],
    [
      'two services of one code',
      swap('    mode: information\n', '    mode: information\n    code: AK\n'),
      /^f.yaml:\d+:11: services.status.code: the code AK belongs to services.akta.code; give each service its own/,
    ],
    [
      'two services of one menu word',
      swap('    mode: information\n', '    mode: information\n    menu: { id: Akta, en: STATUS }\n'),
      /^f.yaml:\d+:17: services.status.menu.id: the menu says "akta" already at services.akta.menu.id/,
    ],
    [
      'a service called like a part of the program',
      swap('  info:\n', '  visit:\n'),
      /^f.yaml:\d+:3: services.visit: "visit" is a name of Loket's own/,
    ],
    [
      'a topic that is a service too',
      swap('  biaya:\n', '  akta:\n'),
      /^f.yaml:\d+:3: faq.akta: a service is called "akta" too; rename one/,
    ],
    [
      'an example of two things',
      swap('"berapa biaya"', '"Bikin akta!"'),
      /^f.yaml:\d+:16: faq.biaya.examples.0: the example "bikin akta" stands already at services.akta.examples.0/,
    ],
    [
      'a name with capitals',
      swap('  info:\n', '  Info:\n'),
      /^f.yaml:\d+:3: services.Info: the name "Info" must be lower case letters/,
    ],
    // Services.
    [
      'an application without a code',
      swap('    code: AK\n', ''),
      /^f.yaml:2:3: services.akta.code: outcome application needs a code.* add for example code: KL$/,
    ],
    [
      'an application without a promise',
      swap('    promise: P1D\n', ''),
      /^f.yaml:2:3: services.akta.promise: outcome application needs a promise/,
    ],
    [
      'an application that is only information',
      swap('mode: online', 'mode: information'),
      /^f.yaml:5:11: services.akta.mode: .*write online or appointment$/,
    ],
    [
      'an application without steps',
      () => smallFlows(SERVICES.replace(/ {4}visit:[\s\S]*? {2}status:/, '  status:')),
      /^f.yaml:2:3: services.akta.steps: outcome application needs at least one step/,
    ],
    [
      'a code of three letters',
      swap('code: AK', 'code: AKT'),
      /^f.yaml:4:11: services.akta.code: must be two capital letters, for example KL$/,
    ],
    [
      'a look-up without a PIN',
      swap('{ id: pin,', '{ id: sandi,'),
      /^f.yaml:\d+:5: services.status.steps: outcome status looks up by the step "pin"; add \{ id: pin, ask: text, format: pin, ... \}$/,
    ],
    [
      'a look-up with a number of any form',
      swap('format: application-number', 'format: free'),
      /^f.yaml:\d+:27: services.status.steps.0.ask: outcome status needs this step as \{ id: nomor, ask: text, format: application-number/,
    ],
    [
      'information that says nothing',
      swap(/ {4}intro: .*\n/, ''),
      /^f.yaml:\d+:3: services.info.intro: outcome answer says its intro and nothing else/,
    ],
    [
      'information that asks',
      swap(
        '    outcome: answer\n',
        '    outcome: answer\n    steps: [{ ask: kk, id: kk, label: { id: a, en: b }, text: { id: a, en: b } }]\n',
      ),
      /^f.yaml:\d+:5: services.info.steps: outcome answer asks nothing/,
    ],
    // Steps.
    [
      'a comparison with a step that is not there',
      swap('birth: lahir', 'birth: lahr'),
      /^f.yaml:16:26: services.akta.steps.0.agrees.birth: this service has no step "lahr"; did you mean "lahir"\?$/,
    ],
    [
      'a comparison with a step of another kind',
      swap('sex: kelamin', 'sex: lahir'),
      /^f.yaml:16:38: .*"lahir" is ask: date, but sex is compared with ask: choice; it is one of kelamin, cara$/,
    ],
    [
      'two options of one name',
      swap('id: pdf, label', 'id: ambil, label'),
      /f.yaml:43:19: services.akta.steps.5.options.1.id: two options are called "ambil"/,
    ],
    [
      'one word for two options',
      swap('en: Female }', 'en: Female }, words: [PRIA]'),
      /^f.yaml:27:76: .*"pria" means another option too \(options.0.words.0\)/,
    ],
    [
      'a maximum below the minimum',
      swap('ask: document\n        when: { ada: true }', 'ask: number\n        min: 5\n        max: 3'),
      /^f.yaml:35:14: services.akta.steps.4.max: is less than min \(5\); swap the two$/,
    ],
    [
      'a longest text shorter than the shortest',
      swap('format: pin,', 'format: pin, maxLength: 1,'),
      /^f.yaml:\d+:55: services.status.steps.1.maxLength: is less than minLength \(2\)/,
    ],
    // Texts.
    [
      'a placeholder that is never filled',
      swap('Di {office}.', 'Di {ofice}.'),
      /^f.yaml:\d+:18: services.info.intro.id: \{ofice\} is never filled here; did you mean "office"\?$/,
    ],
    [
      'a placeholder of another text',
      swap('  closing:\n    id: Halo', '  closing:\n    id: Halo {number}'),
      /^f.yaml:\d+:9: texts.closing.id: \{number\} is never filled here; it is one of office, region, hours, address, website$/,
    ],
    [
      'a placeholder in one language only',
      swap('en: "At {office}."', 'en: "At our office."'),
      /^f.yaml:\d+:38: services.info.intro.en: \{office\} stands in the other language only/,
    ],
    [
      'a placeholder in one language of the sms form only',
      swap('sms: { id: "Surat?"', 'sms: { id: "Surat {office}?"'),
      /^f.yaml:36:\d+: services.akta.steps.4.text.sms.en: \{office\} stands in the other language only/,
    ],
    [
      'a placeholder that must be there',
      swap('id: Halo {number} {pin}', 'id: Halo {number}'),
      /^f.yaml:\d+:9: texts.submitted.id: \{pin\} is missing: without it/,
    ],
    [
      'a placeholder with a space',
      swap('id: Gratis', 'id: "Gratis di { office }"'),
      /^f.yaml:\d+:19: faq.biaya.answer.id: a brace without its partner or with spaces inside; write placeholders as \{office\}$/,
    ],
    [
      'a placeholder in a name',
      swap('title: { id: Info,', 'title: { id: "Info {office}",'),
      /^f.yaml:\d+:18: services.info.title.id: a name holds no \{placeholders\}/,
    ],
    // Codes.
    [
      'a kind of answer without words for errors',
      swap('  time:\n    default:\n      id: x\n      en: x\n', ''),
      /^f.yaml:\d+:1: errors: "time" is missing; add time: with its words$/,
    ],
    [
      'errors without default',
      swap('  kk:\n    default:', '  kk:\n    repeated:'),
      /^f.yaml:\d+:3: errors.kk: "default" is missing/,
    ],
    [
      'a reason that no parser gives',
      swap('  kk:\n    default:', '  kk:\n    two-value: { id: a, en: b }\n    default:'),
      /^f.yaml:\d+:5: errors.kk.two-value: nothing is called "two-value" here; did you mean "two-values"\?$/,
    ],
    [
      'a misspelt warning',
      swap('  one-word:', '  one-wrod:'),
      /f.yaml:\d+:3: warnings.one-wrod: nothing is called "one-wrod" here; did you mean "one-word"\?/,
    ],
    [
      'a state that is missing',
      swap('  expired:\n    id: x\n    en: x\n', ''),
      /^f.yaml:\d+:1: states: "expired" is missing/,
    ],
    // Commands.
    [
      'one word for two commands',
      swap('- kata cancel', '- Kata Menu!'),
      /^f.yaml:\d+:7: commands.cancel.0: "kata menu" calls menu already; a word can call one command only$/,
    ],
    [
      'one word for yes and no',
      swap('- kata refuse', '- kata confirm'),
      /^f.yaml:\d+:7: commands.refuse.0: "kata confirm" calls confirm already/,
    ],
    [
      'a number of the menu as a command',
      swap('- kata help', '- "3"'),
      /^f.yaml:\d+:7: commands.help.0: 3 is a number of the menu; choose a word$/,
    ],
    ['a command of spaces', swap('- kata help', '- "  "'), /^f.yaml:\d+:7: commands.help.0: is empty/],
    // What is read off photos.
    [
      'an element that is not read off such a document',
      swap('when: { ada: true }', 'reads: { kind: ktp, fields: { nikk: nik } }'),
      /^f.yaml:34:39: services.akta.steps.4.reads.fields.nikk: nothing called "nikk" is read off a ktp; did you mean "nik"\?$/,
    ],
    [
      'a reading for a step that is not there',
      swap('when: { ada: true }', 'reads: { kind: ktp, fields: { birth-date: lahr } }'),
      /^f.yaml:34:51: .*this service has no step "lahr"; did you mean "lahir"\?$/,
    ],
    [
      'a reading for a step of another kind',
      swap('when: { ada: true }', 'reads: { kind: ktp, fields: { nik: lahir } }'),
      /^f.yaml:34:44: .*"lahir" is ask: date, but nik answers ask: nik; it is one of nik$/,
    ],
    [
      'a kind of document that is not read',
      swap('when: { ada: true }', 'reads: { kind: ktpp, fields: { nik: nik } }'),
      /^f.yaml:34:24: services.akta.steps.4.reads.kind: .*did you mean "ktp"\?/,
    ],
    // Shape.
    [
      'a misspelt key of a step',
      swap('        when: { ada', '        wenn: { ada'),
      /^f.yaml:34:9: services.akta.steps.4.wenn: unknown key "wenn"; did you mean "when"\?$/,
    ],
    [
      'a duration that is none',
      swap('nudge: PT3H', 'nudge: 3 jam'),
      /^f.yaml:\d+:10: timing.nudge: is not an ISO 8601 duration; write for example P1D/,
    ],
    [
      'a text key that is missing',
      swap('  closing:\n    id: Halo\n    en: Halo\n', ''),
      /^f.yaml:\d+:1: texts.closing: "closing" is missing$/,
    ],
  ])('tells of %s where it is and how to mend it', (_, change, expected) => {
    expect(problemsOf(change)).toMatch(expected);
  });

  it('lets one word agree and confirm: they are never asked at the same time', () => {
    const text = smallFlows().replace('- kata agree', '- ya').replace('- kata confirm', '- ya');
    expect(loadFlows(text, 'f.yaml').ok).toBe(true);
  });

  it('reports the problems of all checks at once, in the order of the file', () => {
    const text = smallFlows()
      .replace('birth: lahir', 'birth: lahr')
      .replace('when: { ada: true }', 'when: { ada: ya }')
      .replace('Di {office}.', 'Di {ofice}.')
      .replace('- kata cancel', '- kata menu');
    const loaded = loadFlows(text, 'f.yaml');
    const lines = loaded.ok ? [] : loaded.problems.map(({ line }) => line);
    expect(lines).toEqual([16, 34, lineOf('intro:'), lineOf('- kata cancel')]);
  });
});
