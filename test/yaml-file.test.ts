import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatProblems, readYaml } from '../src/yaml-file.ts';

const words = z.strictObject({ id: z.string().min(1), en: z.string() });
const step = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('nik'), text: words }),
  z.strictObject({ ask: z.literal('choice'), text: words, options: z.array(z.string()).min(2).max(3) }),
]);
const test = z.union([
  z.union([z.string(), z.number(), z.boolean()]),
  z.strictObject({ in: z.array(z.string()).min(1) }),
  z.strictObject({
    olderThan: z.string().regex(/^P\d+D$/, { message: 'is not a duration; write for example P1D' }),
  }),
]);
const schema = z.strictObject({
  title: words.optional(),
  mode: z.enum(['online', 'appointment']).optional(),
  code: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  days: z.number().int().min(1).max(30).optional(),
  isOpen: z.boolean().optional(),
  steps: z.array(step).optional(),
  when: z.record(z.string(), test).optional(),
  names: z.record(z.string().regex(/^[a-z]+$/, { message: 'must be lower case' }), z.string()).optional(),
});

/** The first problem as `line:column path message`; `ok` when there is none. */
function first(text: string): string {
  const read = readYaml(text, 'x.yaml', schema);
  const problem = read.ok ? undefined : read.problems[0];
  return problem ? `${problem.line}:${problem.column} ${problem.path} ${problem.message}` : 'ok';
}

describe('readYaml', () => {
  it('gives the value, its defaults, and places of paths', () => {
    const text =
      'title:\n  id: "Akta"\n  en: Certificate\nsteps:\n  - { ask: nik, text: { id: a, en: b } }\n';
    const read = readYaml(text, 'x.yaml', schema.extend({ code: z.string().default('KL') }));
    if (!read.ok) throw new Error(formatProblems(read.problems));
    expect(read.value).toMatchObject({ title: { id: 'Akta' }, code: 'KL' });
    expect(read.position(['title', 'id'])).toEqual({ line: 2, column: 7 });
    expect(read.position(['title', 'id'], 'key')).toEqual({ line: 2, column: 3 });
    expect(read.position(['title'])).toEqual({ line: 1, column: 1 });
    expect(read.position(['steps', 0])).toEqual({ line: 5, column: 5 });
    expect(read.position(['steps', 0, 'text', 'nothing'])).toEqual({ line: 5, column: 17 });
    expect(read.position(['nothing'])).toEqual({ line: 1, column: 1 });
  });

  it.each([
    // What is not YAML.
    ['an empty file', '', '1:1  the file is empty'],
    ['a tab as indentation', 'title:\n\tid: a', /^2:1 {2}not valid YAML: a tab cannot indent; use spaces/],
    [
      'a colon in an unquoted text',
      'code: a: b',
      /^1:7 .*": " needs quotes: put the whole text in double quotes/,
    ],
    [
      'bold text without quotes',
      'code: *Halo* semua',
      /^1:7 .*"\*Halo\*" refers to nothing; a text that begins with \* needs quotes/,
    ],
    ['a brace at the beginning', 'code: {office} buka', /^1:16 .*braces.* needs quotes/],
    ['a quote inside quotes', "code: 'it's'", /^1:11 .*needs quotes/],
    ['quotes never closed', 'mode: online\ncode: "AB\n', /^2:7 .*never closed; close them/],
    [
      'an at sign at the beginning',
      'code: @kantor',
      /^1:7 .*cannot begin with this sign; put the whole text in double quotes/,
    ],
    ['an exclamation mark at the beginning', 'code: !Penting', /^1:7 .*begins with ! needs quotes/],
    ['a bracket not closed', 'steps: [', /^1:8 .*not closed/],
    ['a brace not closed', 'days: 1\ntitle: { id: a,\nmode: online\n', /^2:8 .*not closed/],
    ['uneven indentation', 'title:\n   id: a\n  en: b', /^3:1 .*same indentation/],
    ['a line without colon', 'mode: online\ncode\n', /^2:1 .*write "key: value"/],
    ['a backslash in quotes', 'code: "a\\d"', /^1:9 .*write it twice/],
    ['a second document', 'code: AB\n---\ncode: CD', /^2:1 .*remove the line ---/],
    ['a key that is a list', '? [a]\n: b', /^1:3 .*a key must be a plain word/],
    [
      'the same key twice',
      'code: AB\nmode: online\ncode: CD',
      '3:1  "code" stands already on line 1; remove or rename one of the two',
    ],
    // What does not fit the schema.
    ['a misspelt key', 'mdoe: online', '1:1 mdoe unknown key "mdoe"; did you mean "mode"?'],
    [
      'an unknown key',
      'title: { id: a, en: b, colour: red }',
      '1:24 title.colour unknown key "colour"; it is one of id, en',
    ],
    [
      'a key without a space',
      'title: { id:a, en: b }',
      '1:10 title.id:a unknown key "id:a"; write a space after the colon',
    ],
    [
      'a key of another kind of step',
      'steps:\n  - ask: nik\n    text: { id: a, en: b }\n    options: [a]',
      '4:5 steps.0.options unknown key "options"; it belongs to ask: choice',
    ],
    ['a missing key', 'title:\n  id: a', '1:1 title.en "en" is missing'],
    [
      'an unknown kind of step',
      'steps:\n  - ask: nick\n',
      '2:10 steps.0.ask "nick" is not possible here; did you mean "nik"?',
    ],
    [
      'a step without its kind',
      'steps:\n  - aks: nik\n',
      '2:5 steps.0.ask "ask" is missing; it is one of nik, choice; is "aks" meant to be it?',
    ],
    ['an unknown value', 'mode: offline', '1:7 mode "offline" is not possible here; did you mean "online"?'],
    [
      'a value far from all',
      'mode: walk-in',
      '1:7 mode "walk-in" is not possible here; it is one of online, appointment',
    ],
    [
      'a number where text goes',
      'title: { id: 5, en: b }',
      '1:14 title.id must be text, not 5; put it in quotes: "5"',
    ],
    ['text where a number goes', 'days: three', '1:7 days must be a number, not "three"'],
    ['half a day', 'days: 1.5', '1:7 days must be a whole number, not 1.5'],
    ['a number too small', 'days: 0', '1:7 days must be at least 1'],
    ['a number too big', 'days: 31', '1:7 days must be at most 30'],
    ['yes instead of true', 'isOpen: yes', '1:9 isOpen must be true or false, not "yes"'],
    ['a list instead of keys', 'title: [a, b]', '1:1 title must be keys with values, not a list'],
    ['keys instead of a list', 'steps:\n  ask: nik', /^1:1 steps must be a list .*, not keys with values/],
    ['nothing after the colon', 'title:\nmode: online', '1:1 title is empty; it must be keys with values'],
    ['an empty text', 'title: { id: "", en: b }', '1:14 title.id must not be empty'],
    [
      'a list that is too short',
      'steps:\n  - { ask: choice, text: { id: a, en: b }, options: [a] }',
      '2:44 steps.0.options needs at least 2 entries',
    ],
    [
      'a list that is too long',
      'steps:\n  - { ask: choice, text: { id: a, en: b }, options: [a, b, c, d] }',
      '2:44 steps.0.options needs at most 3 entries',
    ],
    ['a wrong form', 'code: abc', '1:7 code "abc" has the wrong form; it must match /^[A-Z]{2}$/'],
    [
      'a name that is not allowed',
      'names: { Budi: a }',
      '1:10 names.Budi the name "Budi" must be lower case',
    ],
    [
      'a misspelt condition',
      'when: { a: { oldrThan: P1D } }',
      '1:14 when.a.oldrThan unknown key "oldrThan"; did you mean "olderThan"?',
    ],
    [
      'a condition that is a list',
      'when: { a: [b] }',
      '1:9 when.a must be text or a number or true or false or { in or olderThan: ... }, not a list',
    ],
    ['a condition without a test', 'when: { a: {} }', '1:9 when.a needs exactly one of in, olderThan'],
    [
      'a wrong value inside a condition',
      'when: { a: { olderThan: 1 day } }',
      '1:25 when.a.olderThan is not a duration; write for example P1D',
    ],
    ['an empty list inside a condition', 'when: { a: { in: [] } }', '1:14 when.a.in must not be empty'],
  ])('tells of %s where it is and how to mend it', (_, text, expected) => {
    if (typeof expected === 'string') expect(first(text)).toBe(expected);
    else expect(first(text)).toMatch(expected);
  });

  it('reports all problems at once, in the order of the file', () => {
    const text = 'mode: offline\ntitle: { en: b, id: 5 }\ndays: 0\nmode: onlin\nfoo: 1\n';
    const read = readYaml(text, 'x.yaml', schema);
    expect(read.ok ? [] : read.problems.map(({ line, path }) => `${line} ${path}`)).toEqual([
      '2 title.id',
      '3 days',
      '4 ',
      '4 mode',
      '5 foo',
    ]);
  });

  it('counts a misspelt key as one mistake, though the right one is missing', () => {
    const read = readYaml('title: { id: a, ne: b }', 'x.yaml', schema);
    expect(read.ok ? '' : formatProblems(read.problems)).toBe(
      'x.yaml:1:17: title.ne: unknown key "ne"; did you mean "en"?',
    );
  });

  it('counts lines that end with CRLF as one, behind a byte order mark too', () => {
    expect(first('\ufeffmode: online\r\ndays: x')).toBe('2:7 days must be a number, not "x"');
  });

  it('follows references to where a value is written', () => {
    expect(first('title: &t { id: 5, en: b }\nsteps: [{ ask: nik, text: *t }]')).toMatch(/^1:17 title.id/);
  });

  it('refuses references that multiply without end', () => {
    const lists = [...'bcdefghi'].map(
      (name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join()}]`,
    );
    expect(first(['a: &a [x, x, x]', ...lists].join('\n'))).toMatch(
      /^1:1 {2}cannot be read: Excessive alias count/,
    );
  });

  it('never throws, and places every problem in the file, for any text', () => {
    const yamlish = fc.string({ unit: fc.constantFrom(...'ab:-{}[]*&!"\'|>#?,%@ \n\t5'), maxLength: 60 });
    const codes = fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 30 });
    const anything = codes.map((all) => String.fromCodePoint(...all));
    fc.assert(
      fc.property(fc.oneof(yamlish, anything), (text) => {
        const read = readYaml(text, 'x.yaml', schema);
        if (read.ok) return;
        const lines = text.split('\n').length;
        expect(read.problems.length).toBeGreaterThan(0);
        for (const { line, column } of read.problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 200 },
    );
  });
});
