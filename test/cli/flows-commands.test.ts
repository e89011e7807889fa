import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFlowsCheck } from '../../src/cli/flows-check.ts';
import { findTimeZone, getFlows } from '../../src/cli/flows-file.ts';
import { runFlowsGraph } from '../../src/cli/flows-graph.ts';
import { runFlowsList } from '../../src/cli/flows-list.ts';
import { runUnderstand } from '../../src/cli/understand.ts';
import { smallFlows } from '../flows/small-flows.ts';
import { REMBANG } from '../pickup/world.ts';
import { memoryIo } from './memory-io.ts';

let dir: string;
let good: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'loket-cli-'));
  good = file('good.yaml', smallFlows());
});
afterAll(() => rmSync(dir, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

describe('flows check', () => {
  it('finds nothing in a file that is right, and tells what each text costs', () => {
    const io = memoryIo();
    expect(runFlowsCheck({ flowsFile: good }, io)).toBe(true);
    expect(io.out()).toMatch(/^texts\.submitted +long +1 \(26\) +1 \(26\)$/m);
    expect(io.out()).toMatch(/^services\.akta\.steps\.4\.text +sms +1 \(6\) +1 \(7\)$/m);
    expect(io.out()).toMatch(/^texts\.summary +long +1\+ /m);
    expect(io.err()).toBe('No problems.\n');
  });

  it('tells every problem with file, line and column', () => {
    const path = file(
      'bad.yaml',
      smallFlows().replace('when: { ada: true }', 'when: { ada: ya }').replace('birth: lahir', 'birth: lahr'),
    );
    const io = memoryIo();
    expect(runFlowsCheck({ flowsFile: path }, io)).toBe(false);
    const lines = io.out().trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/bad\.yaml:16:26: .*did you mean "lahir"\?$/);
    expect(lines[1]).toMatch(/bad\.yaml:34:22: .*write true or false$/);
    expect(io.err()).toMatch(/^2 problems/);
  });

  it.each([
    [
      'a curly quote in an SMS',
      'Foto surat?',
      'sms: { id: "Surat?"',
      'sms: { id: "“Surat”?"',
      /36:\d+: .*text\.sms\.id: "“" "”" makes the SMS dear \(not in GSM-7\)/,
    ],
    [
      'an SMS of three segments',
      'Foto surat?',
      'sms: { id: "Surat?"',
      `sms: { id: "${'x'.repeat(307)}"`,
      /36:\d+: .*text\.sms\.id: 3 SMS segments \(307 septets\); shorten it to 306 septets$/m,
    ],
    [
      'a long text without an SMS form',
      'Kapan lahir?',
      'Kapan lahir?',
      'x'.repeat(307),
      /20:21: .*steps\.1\.text\.id: 3 SMS segments \(307 septets\); add an sms form/,
    ],
    [
      'a text that is dear by its values only',
      'Halo {slots}',
      'Halo {slots}',
      `Halo {slots} ${'x'.repeat(180)}`,
      /texts\.offerSlots\.id: 3 SMS segments/,
    ],
  ])('refuses %s', (_, __, from, to, expected) => {
    const io = memoryIo();
    expect(runFlowsCheck({ flowsFile: file('dear.yaml', smallFlows().replace(from, to)) }, io)).toBe(false);
    expect(io.out()).toMatch(expected);
    expect(io.out()).toMatch(/ !/);
  });

  it('lets a long text hold signs that SMS leaves out: they are taken out before it is sent', () => {
    const text = smallFlows().replace('id: "Kapan lahir?"', 'id: "*Kapan* lahir – “tanggal”? 👍"');
    expect(runFlowsCheck({ flowsFile: file('bold.yaml', text) }, memoryIo())).toBe(true);
  });

  it('checks office.yaml beside it', () => {
    const officeFile = file('office.yaml', 'name: X\ntimezone: Asia/Makassar\n');
    const io = memoryIo();
    expect(runFlowsCheck({ flowsFile: good, officeFile }, io)).toBe(false);
    expect(io.out()).toMatch(/office\.yaml:2:1: timezone: unknown key "timezone"; did you mean "timeZone"\?/);
  });

  it('checks office.yaml against it: a quota of a service that there is not', () => {
    const officeFile = file('quota.yaml', `${REMBANG}quotas: { akat: { perDay: 5 } }\n`);
    const io = memoryIo();
    expect(runFlowsCheck({ flowsFile: good, officeFile }, io)).toBe(false);
    const line = REMBANG.split('\n').length;
    expect(io.out()).toContain(
      `quota.yaml:${line}:11: quotas.akat: there is no service "akat" in flows.yaml`,
    );
  });

  it('names the file that cannot be read', () => {
    expect(() => runFlowsCheck({ flowsFile: join(dir, 'none.yaml') }, memoryIo())).toThrow(
      /NOT_FOUND: cannot read .*none\.yaml \(ENOENT\)/,
    );
  });
});

describe('flows list', () => {
  it('gives id, title, mode and steps with type, optional and condition as JSON', () => {
    const io = memoryIo();
    runFlowsList(getFlows(good), { json: true }, io);
    const services = JSON.parse(io.out());
    expect(services).toHaveLength(3);
    expect(services[0]).toMatchObject({
      id: 'akta',
      title: { id: 'Akta', en: 'Certificate' },
      mode: 'online',
    });
    expect(services[0].steps[0]).toEqual({ id: 'nik', type: 'nik', optional: false, condition: null });
    expect(services[0].steps[4]).toEqual({
      id: 'surat',
      type: 'document',
      optional: false,
      condition: { ada: true },
    });
    expect(services[2]).toMatchObject({ mode: 'information', steps: [] });
  });

  it('gives people a table', () => {
    const io = memoryIo();
    runFlowsList(getFlows(good), { json: false }, io);
    expect(io.out()).toMatch(/^akta +online +6 +Akta$/m);
  });

  it('names the problems of a file that is wrong', () => {
    const path = file('wrong.yaml', 'languages: [id]\n');
    expect(() => getFlows(path)).toThrow(/FLOWS_INVALID: mend these first:\n.*wrong\.yaml:1:1: .*missing/);
  });
});

describe('flows graph', () => {
  it('draws each service with its steps and the conditions between them', () => {
    const io = memoryIo();
    runFlowsGraph(getFlows(good), io);
    const lines = io
      .out()
      .split('\n')
      .map((line) => line.trim());
    expect(lines[0]).toBe('stateDiagram-v2');
    expect(lines).toEqual(
      expect.arrayContaining([
        'state "Akta" as akta {',
        'state "surat: document" as akta_surat',
        'akta_consent --> akta_nik',
        'akta_ada --> akta_surat: ada = true',
        'akta_ada --> akta_cara',
        'akta_surat --> akta_cara',
        'akta --> visit: cara = ambil',
        'status_pin --> status_lookup',
      ]),
    );
    expect(lines).not.toContain('akta_kelamin --> akta_surat');
    const [opened, closed] = [
      lines.filter((line) => line.endsWith('{')),
      lines.filter((line) => line === '}'),
    ];
    expect(opened.length).toBe(closed.length);
  });
});

describe('understand', () => {
  it('writes one intent a line, for plain text, JSON and what only looks like it', async () => {
    const io = memoryIo('bikin akta\n{"text":"berapa biaya","channel":"sms"}\n{bukan json\n\n');
    await runUnderstand(getFlows(good), io);
    const lines = io
      .out()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toEqual({ intent: 'akta', confidence: expect.any(Number) });
    expect(lines[1].intent).toBe('biaya');
    for (const { confidence } of lines) expect(confidence >= 0 && confidence <= 1).toBe(true);
  });
});

describe('findTimeZone', () => {
  it('is undefined for an office that is not there or wrong', () => {
    expect(findTimeZone(join(dir, 'none.yaml'))).toBeUndefined();
    expect(findTimeZone(file('broken.yaml', 'name: ['))).toBeUndefined();
  });
});
