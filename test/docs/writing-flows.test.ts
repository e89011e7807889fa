import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadFlows } from '../../src/flows/load.ts';
import { ALWAYS, TEXT_PLACEHOLDERS } from '../../src/flows/placeholders.ts';
import { COMMANDS, conditionSchema, flowsSchema, serviceSchema, stepSchema } from '../../src/flows/schema.ts';
import { LABEL_KEYS, TEXT_KEYS, type TextKey } from '../../src/flows/text-keys.ts';
import { QUIET_WARNINGS, REASONS, STATES, WARNINGS } from '../../src/flows/vocabulary.ts';
import { codeBlocks, codes, firstCodes, readDocument, table } from './markdown.ts';
import { merge, toYaml } from './merge.ts';

const guide = readDocument('docs/writing-flows.md');
const flows: unknown = parse(readDocument('flows.yaml'));
const kinds = stepSchema.options.map(({ shape }) => ({ ask: shape.ask.value, shape }));
/** Keys that every kind of step has. */
const common = Object.keys(kinds[0]?.shape ?? {}).filter((key) => kinds.every(({ shape }) => key in shape));

describe('docs/writing-flows.md', () => {
  it.each(codeBlocks(guide, 'yaml').map((block) => [block.split('\n', 2).join(' '), block] as const))(
    'gives an example that loads: %s',
    (_title, block) => {
      const loaded = loadFlows(toYaml(merge(flows, parse(block))), 'docs/writing-flows.md');
      expect(loaded.ok ? [] : loaded.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([]);
    },
  );

  it('explains every key of the file', () => {
    expect(firstCodes(guide, 'key')).toEqual(Object.keys(flowsSchema.shape));
  });

  it('explains every text, with the placeholders it may and must have', () => {
    const rows = table(guide, 'text');
    expect(rows.map(([key = '']) => codes(key)[0]).toSorted()).toEqual([...TEXT_KEYS].toSorted());
    for (const [key = '', , placeholders = ''] of rows) {
      const { required, optional } = TEXT_PLACEHOLDERS[codes(key)[0] as TextKey];
      const written = [
        ...required.map((name) => `**\`${name}\`**`),
        ...optional.map((name) => `\`${name}\``),
      ];
      expect(placeholders.split(', ').filter(Boolean).toSorted(), key).toEqual(written.toSorted());
    }
  });

  it('explains every placeholder', () => {
    const all = Object.values(TEXT_PLACEHOLDERS).flatMap(({ required, optional }) => [
      ...required,
      ...optional,
    ]);
    const expected = [...new Set([...ALWAYS, ...all])];
    expect(firstCodes(guide, 'placeholder').toSorted()).toEqual(expected.toSorted());
  });

  it('explains every label and every command', () => {
    expect(firstCodes(guide, 'labels').toSorted()).toEqual([...LABEL_KEYS].toSorted());
    expect(firstCodes(guide, 'commands').toSorted()).toEqual([...COMMANDS].toSorted());
  });

  it('explains every key of a service and of a step', () => {
    expect(firstCodes(guide, 'key of a service')).toEqual(Object.keys(serviceSchema.shape));
    expect(firstCodes(guide, 'key of every step').toSorted()).toEqual(common.toSorted());
  });

  it('explains every kind of step with its own keys', () => {
    const rows = table(guide, 'ask');
    expect(rows.map(([ask = '']) => codes(ask)[0])).toEqual(kinds.map(({ ask }) => ask));
    for (const { ask, shape } of kinds) {
      const [, , own = ''] = rows.find(([first = '']) => codes(first)[0] === ask) ?? [];
      for (const key of Object.keys(shape).filter((one) => !common.includes(one)))
        expect(codes(own), `${ask}: ${key}`).toContain(key);
    }
  });

  it('shows conditions as they may be written', () => {
    for (const condition of firstCodes(guide, 'condition'))
      expect(conditionSchema.safeParse(parse(condition)).success, condition).toBe(true);
  });

  it('lists every reason, warning and state', () => {
    const reasons = table(guide, 'kind').map(([kind = '', list = '']) => [codes(kind)[0], codes(list)]);
    expect(Object.fromEntries(reasons)).toEqual(REASONS);
    expect(firstCodes(guide, 'warnings')).toEqual([...WARNINGS, ...QUIET_WARNINGS]);
    const states = guide.match(/The keys of `states` are (.*?)\. All need words/s)?.[1] ?? '';
    expect(codes(states)).toEqual([...STATES]);
  });
});
