import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { smsSegments } from '../src/channels/segments.ts';
import { crossCheck } from '../src/office/cross-checks.ts';
import { fillReplies } from '../src/office/replies.ts';
import { fillTemplate } from '../src/office/templates.ts';
import { loadOffice, mainPoint } from '../src/office.ts';
import { readFlows, readOffice } from '../src/read-files.ts';
import { loadRegions } from '../src/regions.ts';
import { formatProblems } from '../src/yaml-file.ts';

const flowsFile = fileURLToPath(new URL('../flows.yaml', import.meta.url));
const shipped = readFileSync(new URL('../office.yaml', import.meta.url), 'utf8');

/** The problems after one change of the shipped file, as `line:column message`. */
function problemsAfter(find: string | RegExp, replacement: string): string[] {
  const text = shipped.replace(find, replacement);
  expect(text).not.toBe(shipped);
  const read = loadOffice(text, 'office.yaml');
  return read.ok ? [] : read.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** Where a piece of the shipped file stands, as `line:column`; `within` moves on to a part of it. */
function placeOf(piece: string, within = ''): string {
  const offset = shipped.indexOf(piece) + piece.indexOf(within);
  const before = shipped.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

describe('the shipped office.yaml', () => {
  it('loads, with the main office first', () => {
    const read = loadOffice(shipped, 'office.yaml');
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    expect(mainPoint(read.office).id).toBe('kantor');
    expect(read.office.points.kantor?.activities.submit?.hours.map((day) => day.length)).toEqual([
      1, 1, 1, 1, 1, 0, 0,
    ]);
    expect(read.office.smsHours).toEqual({ startMinute: 480, endMinute: 1200 });
  });

  it('has the example of special hours in a form that can be used', () => {
    const example = shipped
      .slice(shipped.indexOf('#   - date: 2027-02-08'))
      .replace(/\nspecial: \[\]\n[\s\S]*$/, '');
    const text = shipped.replace('special: []', `special:\n${example.replaceAll(/^# ?/gm, '')}`);
    const read = loadOffice(text, 'office.yaml');
    expect(read.ok && read.office.special[0]?.points.kantor?.submit?.capacity).toBe(3);
  });
});

describe('places of the shipped office.yaml', () => {
  it('have examples of kiosks that can be used: each with days of its own, all waiting for the permit', () => {
    const [example = ''] = shipped.match(/^ {2}# scp:[\s\S]*?(?=\n\n)/m) ?? [];
    const text = shipped.replace(example, example.replaceAll(/^ {2}# ?/gm, '  '));
    const read = loadOffice(text, 'office.yaml');
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const { scp, 'mpp-adm': mpp, robinson } = read.office.points;
    const openDays = (point = scp) => (point?.activities.print?.hours ?? []).map((day) => day.length > 0);
    expect(openDays(scp)).toEqual([false, false, false, false, false, true, true]);
    expect(openDays(mpp)).toEqual([true, true, true, true, true, false, false]);
    for (const point of [scp, mpp, robinson]) {
      expect(point).toMatchObject({ kind: 'kiosk', status: 'planned' });
      expect(point?.until).toBeUndefined();
    }
    expect(robinson?.reason?.id).toContain('dibicarakan');
  });

  it('have an example of a quota that is right beside the shipped flows.yaml', () => {
    const [, example = ''] = shipped.match(/^# +(quotas: \{.*)$/m) ?? [];
    const read = loadOffice(shipped.replace('\nquotas: {}', `\n${example}`), 'office.yaml');
    const services = Object.keys(readFlows({ flowsFile }).services);
    expect(read.ok && Object.keys(read.office.quotas)).toHaveLength(1);
    expect(read.ok && crossCheck(read, 'office.yaml', { services, loadRegions })).toEqual([]);
  });
});

describe('canned replies and templates', () => {
  function shippedOffice() {
    const read = loadOffice(shipped, 'office.yaml');
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return read.office;
  }

  it('are shipped: a dozen replies that fit an SMS, and what WhatsApp has to approve', () => {
    const { replies, templates } = shippedOffice();
    expect(replies.length).toBeGreaterThanOrEqual(12);
    for (const { id, text } of replies) {
      const filled = text
        .replace('{alamat}', 'Jl. Pelayanan No. 1')
        .replace('{jam}', 'Senin-Kamis 08.00-14.00');
      expect(smsSegments(filled), id).toMatchObject({ encoding: 'GSM-7' });
      expect(smsSegments(filled).segments, id).toBeLessThanOrEqual(2);
    }
    expect(templates.map(({ id }) => id)).toEqual([
      'tanda-terima',
      'berkas-kurang',
      'siap-diambil-terjadwal',
      'siap-diambil',
      'dokumen-selesai',
      'jadwal-berubah',
      'pengingat-jadwal',
      'jangan-datang-dulu',
      'belum-selesai',
      'jawaban-petugas',
    ]);
  });

  it('may be left out', () => {
    const text = shipped.replace(/^replies:[\s\S]*/m, '');
    expect(loadOffice(text, 'office.yaml')).toMatchObject({
      ok: true,
      office: { replies: [], templates: [] },
    });
  });

  it('hold the hours and the address of the office, and leave the rest to the web app', () => {
    const replies = [{ id: 'a', title: 'A', text: '{nama}: {alamat}, {jam}. {alamat}' }];
    expect(fillReplies(replies, { jam: '$1', alamat: 'Jl. A' })[0]?.text).toBe('{nama}: Jl. A, $1. Jl. A');
  });

  it('are filled with values by field, in one line each', () => {
    const template = { text: 'No. {{2}} untuk {{1}}, {{2}}.', fields: ['nama', 'nomor'] };
    expect(fillTemplate(template, { nomor: 'KT-1', nama: ' Siti\n\nAminah ' })).toEqual({
      ok: true,
      text: 'No. KT-1 untuk Siti Aminah, KT-1.',
    });
    expect(fillTemplate(template, { nomor: ' ', lain: 'x' })).toEqual({
      ok: false,
      reason: 'missing',
      fields: ['nama', 'nomor'],
    });
    expect(fillTemplate(template, { nama: 'a', nomor: 'x'.repeat(600) })).toMatchObject({
      reason: 'too-long',
    });
  });

  it.each([
    [
      'a place that nobody can fill in',
      '{nama}. Saya',
      '{name}. Saya',
      '{name}. Saya',
      /\{name\} cannot be filled in.*\{nama\}/,
    ],
    [
      'a brace that stays open',
      '{nama}. Saya',
      '{nama. Saya',
      'Selamat datang, Bapak',
      /cannot be filled in/,
    ],
    ['two replies of one id', 'id: tunggu', 'id: salam', 'id: salam\n    title: Mohon', /another "salam"/],
    [
      'two templates of one id',
      'id: dokumen-selesai',
      'id: siap-diambil',
      'id: siap-diambil\n    title: Dok',
      /another "siap/,
    ],
    [
      'news that leaves a field without words',
      "values: { hal: 'permohonan",
      "values: { soal: 'permohonan",
      "values: { soal: 'permohonan",
      /nothing for the field "hal"/,
    ],
    [
      'news with a placeholder that nobody knows',
      'permohonan {service} nomor {number}',
      'permohonan {service} {pin}',
      'permohonan {service} {pin}',
      /\{pin\} is not known/,
    ],
    [
      'news of a kind that there is not',
      'kinds: [result, pin]',
      'kinds: [results]',
      'kinds: [results]',
      /result/,
    ],
    [
      'a field that is missing',
      'fields: [hal]',
      'fields: []',
      'Petugas Disdukcapil sudah',
      /\{\{1\}\} has no field/,
    ],
    [
      'a field that is not used',
      'fields: [hal]',
      'fields: [hal, nama]',
      'nama]',
      /is not used: write \{\{2\}\}/,
    ],
    [
      'a field of no number',
      'tentang {{1}}',
      'tentang {{hal}}',
      'Petugas Disdukcapil sudah',
      /\{\{hal\}\} has no field/,
    ],
    [
      'a field twice',
      '[nomor, jadwal baru]',
      '[nomor, nomor]',
      'nomor, nomor]\n    news',
      /stands there twice/,
    ],
    [
      'a template that begins with a field',
      'Petugas Disdukcapil sudah',
      '{{1}} sudah',
      '{{1}} sudah',
      /begins or ends/,
    ],
    [
      'two fields side by side',
      'di {{2}} pada {{3}}',
      'di {{2}} {{3}}',
      'Dokumen Bapak/Ibu untuk',
      /side by side/,
    ],
    [
      'a content SID that is none',
      'fields: [hal]',
      "contentSid: 'HX12'\n    fields: [hal]",
      "'HX12'",
      /not a content SID/,
    ],
  ])('%s is told with its line', (_, find, replacement, place, message) => {
    const text = shipped.replace(find, replacement);
    const problem = problemsAfter(find, replacement).find((each) => message.test(each));
    const line = text.slice(0, text.indexOf(place)).split('\n').length;
    const told = Number(problem?.split(':')[0]);
    // A folded text begins one line above its words.
    expect([line, line - 1]).toContain(told);
  });
});

describe('a mistake in office.yaml is told with its line', () => {
  const submitHours = 'hours: { mon-thu: ["08:00-12:00"], fri: ["08:00-10:00"] }';
  const chat = 'chat: { mon-thu: ["08:00-15:00"], fri: ["08:00-11:00"] }';

  it.each([
    [
      'a span that ends before it begins',
      '"08:00-15:00"',
      '"15:00-08:00"',
      '"08:00-15:00"',
      /not a span of a day/,
    ],
    ['an hour that does not exist', '"08:00-15:00"', '"08:00-25:00"', '"08:00-15:00"', /not a span of a day/],
    [
      'a weekday that does not exist',
      'chat: { mon-thu',
      'chat: { sen-kam',
      '{ mon-thu: ["08:00-15:00"]',
      /is no weekday/,
    ],
    ['a key that is misspelt', 'slotMinutes: 30', 'slotMinute: 30', 'slotMinutes: 30', /slotMinutes/],
    ['a zone outside Indonesia', 'Asia/Makassar\n', 'Asia/Tokyo\n', 'Asia/Makassar\n', /Asia/],
    ['a status that does not exist', 'status: planned', 'status: open', 'planned\n', /not possible here/],
    ['a date that does not exist', 'date: 2026-02-16', 'date: 2026-02-30', '2026-02-16', /not a date/],
    [
      'a period that runs backwards',
      'until: 2026-03-24',
      'until: 2026-03-19',
      '2026-03-24',
      /before date \(2026-03-20\)/,
    ],
    [
      'a slot longer than the window',
      'slotMinutes: 30',
      'slotMinutes: 180',
      '30\n        capacity: 6',
      /longer than/,
    ],
    [
      'a name in one language only',
      'id: Mal Pelayanan Publik, en:',
      'id: Mal Pelayanan Publik, eng:',
      'en: Public',
      /en/,
    ],
    [
      'a web address that is none',
      'https://disdukcapil.contohkab.go.id',
      'disdukcapil',
      'https://',
      /web address/,
    ],
    ['a capacity below zero', 'capacity: 6', 'capacity: -1', '6\n        walkIns', /at least 0/],
  ])('%s', (_, find, replacement, place, message) => {
    const problems = problemsAfter(find, replacement);
    expect(problems[0]).toMatch(message);
    expect(problems[0]).toMatch(new RegExp(`^${placeOf(place).split(':')[0]}:\\d+ `));
  });

  it.each([
    [
      'a reason while the status is active',
      'district: 64.08.04\n    status: active',
      'district: 64.08.04\n    status: active\n    reason: { id: rusak, en: broken }',
      'reason: { id: rusak',
      /points\.kantor\.reason: .*status is active/,
    ],
    [
      'an end of what is in order, also of an activity whose status is not written',
      'capacity: 4',
      'until: 2027-01-01\n        capacity: 4',
      'until: 2027-01-01',
      /activities\.record\.until: .*status: broken/,
    ],
    [
      '31 February as an end',
      'capacity: 4',
      'status: broken\n        until: 2026-02-31\n        capacity: 4',
      'until: 2026-02-31',
      /is not a date that there is/,
    ],
    [
      '29 February of a year that has none',
      'date: 2026-12-09',
      'date: 2027-02-29',
      'date: 2027-02-29',
      /is not a date/,
    ],
    [
      'a route of a place that does not move',
      'kind: mobile',
      'kind: office',
      'route:\n',
      /points\.keliling\.route: belongs to kind: mobile only, not to office/,
    ],
    [
      'a car without a route',
      / {4}route:\n[\s\S]*?(?=\n\n)/,
      '',
      'kind: mobile',
      /points\.keliling\.kind: .*needs a route/,
    ],
    [
      'a stop on no day',
      '- day: wed\n        address',
      '- address',
      '- address: Balai Desa',
      /route\.0: needs either date .* or day/,
    ],
    [
      'a stop on a date and on a weekday',
      '- day: wed\n',
      '- day: wed\n        date: 2026-12-02\n',
      '- day: wed',
      /route\.0: needs either/,
    ],
    [
      'two stops on one day',
      '- date: 2026-12-09',
      '- day: wed',
      '- day: wed\n        address: Lapangan',
      /route\.1\.day: there is a stop on wed already/,
    ],
    [
      'a weekday of a stop that there is not',
      '- day: wed',
      '- day: rabu',
      '- day: rabu',
      /"rabu" is not possible here/,
    ],
    [
      'hours of a stop that overlap',
      'hours: ["09:00-11:00"]',
      'hours: ["09:00-11:00", "10:00-12:00"]',
      'hours: ["09:00-11:00", "10:00',
      /the spans overlap/,
    ],
    [
      'breaks that leave no appointment',
      'breaks: { fri: ["11:30-13:00"] }',
      'breaks: { mon-thu: ["08:20-08:40", "09:00-11:50"], fri: ["08:10-13:00"] }',
      '30\n        capacity: 6',
      /kantor\.activities\.submit\.slotMinutes: is longer than all that breaks leave/,
    ],
    [
      'numbers for a desk without hours',
      '{ mon-thu: ["08:00-14:00"], fri: ["08:00-10:00"] }',
      '{}',
      'walkIns: { perHour: 20',
      /pickup\.walkIns: has no hours/,
    ],
    [
      'coordinates the wrong way round',
      '{ latitude: 0.502, longitude: 117.545 }',
      '{ latitude: 117.545, longitude: 0.502 }',
      'location: { latitude: 117.545',
      /kantor\.location: .*not in Indonesia; the two are swapped/,
    ],
    [
      'a place in the Gulf of Guinea',
      '{ latitude: 0.502, longitude: 117.545 }',
      '{ latitude: 0, longitude: 0 }',
      'location: { latitude: 0, ',
      /kantor\.location: .*not in Indonesia/,
    ],
    [
      'a latitude in the south without its sign',
      '{ latitude: 0.502, longitude: 117.545 }',
      '{ latitude: 7.7, longitude: 110.4 }',
      'location: { latitude: 7.7',
      /south of the equator the latitude is below zero/,
    ],
    [
      'a district code of another form',
      'district: 64.08.14',
      'district: 640814',
      'district: 640814',
      /district: must be text, not 640814; put it in quotes/,
    ],
    [
      'a kind of place that there is not',
      'kind: district',
      'kind: kecamatan',
      'kind: kecamatan',
      /"kecamatan" is not possible here/,
    ],
    [
      'a kind of day off that there is not',
      'date: 2026-02-16, kind: joint-leave',
      'date: 2026-02-16, kind: cuti',
      'date: 2026-02-16, kind: cuti',
      /"cuti" is not possible here/,
    ],
  ])('%s', (_, find, replacement, place, message) => {
    const text = shipped.replace(find, replacement);
    expect(text).not.toBe(shipped);
    const read = loadOffice(text, 'office.yaml');
    const problems = read.ok ? [] : formatProblems(read.problems).split('\n');
    const told = problems.find((problem) => message.test(problem));
    const line = text.slice(0, text.indexOf(place)).split('\n').length;
    expect(problems.join('\n')).toMatch(message);
    expect(told).toMatch(new RegExp(`^office.yaml:${line}:`));
  });

  it('days named twice, overlapping spans and days backwards', () => {
    const line = placeOf(submitHours, 'mon').split(':')[0];
    expect(
      problemsAfter(submitHours, 'hours: { mon-thu: ["08:00-12:00"], wed: ["13:00-14:00"] }')[0],
    ).toMatch(new RegExp(`^${line}:.*wed has hours already`));
    expect(problemsAfter(submitHours, 'hours: { mon: ["08:00-12:00", "11:00-13:00"] }')[0]).toMatch(
      new RegExp(`^${line}:.*overlap`),
    );
    expect(problemsAfter(submitHours, 'hours: { thu-mon: ["08:00-12:00"] }')[0]).toMatch(
      new RegExp(`^${line}:.*backwards`),
    );
  });

  it('a closure of a point that does not exist', () => {
    const problems = problemsAfter('date: 2026-02-16,', 'date: 2026-02-16, points: [kantr],');
    expect(problems[0]).toMatch(/there is no point "kantr"; points are kantor/);
  });

  it('special hours of a point that does not exist', () => {
    const entry =
      '{ date: 2027-02-08, reason: { id: a, en: b }, points: { kantr: { submit: { capacity: 1 } } } }';
    expect(problemsAfter('special: []', `special: [${entry}]`)[0]).toMatch(/there is no point "kantr"/);
  });

  it('an office that never works', () => {
    const text = shipped
      .replace(chat, 'chat: {}')
      .replace(submitHours, 'hours: {}')
      .replace(/\n *walkIns:.*/, '');
    const read = loadOffice(text, 'office.yaml');
    expect(read.ok ? [] : read.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('needs a working day'),
    ]);
  });

  it('an office whose breaks leave no working day', () => {
    const text = shipped.replace('breaks: { fri: ["11:30-13:00"] }', 'breaks: { mon-fri: ["07:00-16:00"] }');
    const read = loadOffice(text, 'office.yaml');
    expect(read.ok ? [] : read.problems.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('needs a working day'),
    );
  });

  it('an office without a place', () => {
    const text = shipped.replace(/^points:\n[\s\S]*?\n(?=\S)/m, 'points: {}\n');
    const read = loadOffice(text, 'office.yaml');
    expect(read.ok ? [] : read.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('at least one point'),
    ]);
  });

  it('a time of keeping that is not in days', () => {
    const problems = problemsAfter('files: P30D', 'files: 30 hari');
    expect(problems[0]).toMatch(/is not a number of days; write for example P30D/);
  });
});

describe('beside flows.yaml and the region codes', () => {
  const outside = { services: ['ktp-baru', 'akta-kelahiran'], loadRegions };
  function crossProblems(text: string): string[] {
    const read = loadOffice(text, 'office.yaml');
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return formatProblems(crossCheck(read, 'office.yaml', outside))
      .split('\n')
      .filter((line) => line !== '');
  }
  const lineOf = (text: string, piece: string) => text.slice(0, text.indexOf(piece)).split('\n').length;

  it('a quota of a service that there is not is told with its line', () => {
    const text = shipped.replace(
      '\nquotas: {}',
      '\nquotas:\n  ktp-bru: { perDay: 50 }\n  akta-kelahiran: { perDay: 9 }',
    );
    expect(crossProblems(text)).toEqual([
      `office.yaml:${lineOf(text, 'ktp-bru')}:3: quotas.ktp-bru: there is no service "ktp-bru" in flows.yaml; did you mean "ktp-baru"?`,
    ]);
  });

  it('a kecamatan that its regency does not have is told with its line', () => {
    const named = shipped.replace("# regency: '64.08'", "regency: '64.08'");
    expect(crossProblems(named)).toEqual([]);
    const text = named
      .replace('district: 64.08.14', 'district: 64.08.44')
      .replace('district: 64.08.12', 'district: 64.72.05')
      .replace('  64.08.09: {', '  64.08.99: {');
    expect(crossProblems(text)).toEqual([
      expect.stringContaining(`office.yaml:${lineOf(text, '64.08.44')}:`),
      expect.stringMatching(new RegExp(`:${lineOf(text, '64.72.05')}:.*64.72.05 is no kecamatan of 64.08`)),
      expect.stringContaining(`office.yaml:${lineOf(text, '64.08.99')}:3: districts.64.08.99`),
    ]);
  });

  it('a regency that the list does not have, or none, leaves the codes alone: lists change', () => {
    expect(crossProblems(shipped.replace("# regency: '64.08'", "regency: '64.04'"))).toEqual([]);
    expect(crossProblems(shipped.replace('district: 64.08.14', 'district: 64.04.01'))).toEqual([]);
  });

  it('the service does not start with such a mistake, and says where it is', () => {
    const dir = mkdtempSync(join(tmpdir(), 'loket-office-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const officeFile = join(dir, 'office.yaml');
    writeFileSync(officeFile, shipped.replace('\nquotas: {}', '\nquotas: { kartu: { perDay: 1 } }'));
    const flows = readFlows({ flowsFile });
    expect(() => readOffice({ officeFile }, flows)).toThrow(
      /office\.yaml:\d+:11: quotas\.kartu: there is no service/,
    );
    expect(readOffice({ officeFile }).quotas).toEqual({ kartu: { perDay: 1 } });
  });
});

it('an office that says nothing of keeping keeps for thirty days', () => {
  const read = loadOffice(shipped.replace(/^retention:\n( .*\n)+/m, ''), 'office.yaml');
  expect(read.ok && read.office.retention).toEqual({ files: 'P30D', drafts: 'P30D', chat: 'P30D' });
});
