/** A small `flows.yaml` that is right. Its services come first, so that tests can name lines of them. */
import { stringify } from 'yaml';
import { TEXT_PLACEHOLDERS } from '../../src/flows/placeholders.ts';
import { COMMANDS } from '../../src/flows/schema.ts';
import { LABEL_KEYS, TEXT_KEYS } from '../../src/flows/text-keys.ts';
import { REASONS, STATES, WARNINGS } from '../../src/flows/vocabulary.ts';

export const SERVICES = `services:
  akta:
    title: { id: Akta, en: Certificate }
    code: AK
    mode: online
    menu: { id: AKTA, en: CERT }
    examples: ["bikin akta"]
    promise: P1D
    outcome: application
    visit: { activity: pickup, when: { cara: ambil } }
    steps:
      - id: nik
        ask: nik
        label: { id: NIK, en: NIK }
        text: { id: "NIK?", en: "NIK?" }
        agrees: { birth: lahir, sex: kelamin }
      - id: lahir
        ask: date
        label: { id: Lahir, en: Born }
        text: { id: "Kapan lahir?", en: "Born when?" }
      - id: kelamin
        ask: choice
        label: { id: Kelamin, en: Sex }
        text: { id: "Laki-laki?", en: "Male?" }
        options:
          - { id: laki, label: { id: Laki-laki, en: Male }, words: [pria] }
          - { id: perempuan, label: { id: Perempuan, en: Female } }
      - id: ada
        ask: yes-no
        label: { id: Ada, en: There }
        text: { id: "Ada?", en: "Is there?" }
      - id: surat
        ask: document
        when: { ada: true }
        label: { id: Surat, en: Letter }
        text: { id: "Foto surat?", en: "Photo?", sms: { id: "Surat?", en: "Letter?" } }
      - id: cara
        ask: choice
        label: { id: Cara, en: How }
        text: { id: "Bagaimana?", en: "How?" }
        options:
          - { id: ambil, label: { id: Ambil, en: Collect } }
          - { id: pdf, label: { id: PDF, en: PDF file } }
  status:
    title: { id: Status, en: Status }
    mode: information
    examples: ["sudah jadi?"]
    outcome: status
    steps:
      - { id: nomor, ask: text, format: application-number, label: { id: Nomor, en: Number }, text: { id: "Nomor?", en: "Number?" } }
      - { id: pin, ask: text, format: pin, label: { id: PIN, en: PIN }, text: { id: "PIN?", en: "PIN?" } }
  info:
    title: { id: Info, en: Info }
    mode: information
    examples: ["info saja"]
    intro: { id: "Di {office}.", en: "At {office}." }
    outcome: answer
faq:
  biaya:
    examples: ["berapa biaya"]
    answer: { id: Gratis, en: Free }
`;

/** `services` may be changed by the test; the rest is complete. */
export function smallFlows(services: string = SERVICES): string {
  const word = { id: 'x', en: 'x' };
  const table = <T>(keys: readonly string[], value: (key: string) => T) =>
    Object.fromEntries(keys.map((key) => [key, value(key)]));
  const texts = TEXT_KEYS.map((key) => {
    const text = ['Halo', ...TEXT_PLACEHOLDERS[key].required.map((name) => `{${name}}`)].join(' ');
    return [key, { id: text, en: text }];
  });
  const rest = {
    languages: ['id', 'en'],
    privacy: { version: '1', retentionDays: 30 },
    timing: { nudge: 'PT3H', slot: 'PT30M', forget: 'P1D', burst: 'PT1.2S', away: 'PT6H' },
    commands: table(COMMANDS, (command) => [`kata ${command}`]),
    upset: ['kecewa'],
    labels: table(LABEL_KEYS, () => word),
    texts: Object.fromEntries(texts),
    errors: table(Object.keys(REASONS), () => ({ default: word })),
    warnings: table(WARNINGS, () => word),
    states: table(STATES, () => word),
  };
  return services + stringify(rest, { aliasDuplicateObjects: false });
}
