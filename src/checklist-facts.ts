/** What stands on the checklist of a service: its requirements as flows.yaml has them, and where to go. */
import type { ChecklistFacts } from './documents/papers/checklist-facts.ts';
import type { Words } from './documents/papers/words.ts';
import { conditionWords, spanWords } from './flows/condition-words.ts';
import { FORM_DEFINITIONS } from './flows/forms.ts';
import type { Flows, Language, Service, Text } from './flows/schema.ts';
import { render } from './flows/texts.ts';
import type { FormCode } from './flows/vocabulary.ts';
import type { Office } from './office.ts';
import { describeHours } from './pickup/calendar/hours-line.ts';
import { paperOffice } from './receipt-facts.ts';

interface Deps {
  flows: Flows;
  office: Office;
}

/** Facts by the id of a service; undefined for one that is not in flows.yaml. */
export function createChecklistFacts({ flows, office }: Deps) {
  const hours = (point?: Office['points'][string]): Words => ({
    id: describeHours(office, 'id', point),
    en: describeHours(office, 'en', point),
  });
  const values = {
    ...{ office: office.shortName, region: office.region, address: office.address, website: office.website },
    hours: hours(),
  };
  const filled = (text: Text): Text => ({
    id: render(text, values, 'id', 'long'),
    en: render(text, values, 'en', 'long'),
  });

  return (id: string): ChecklistFacts | undefined => {
    const service = flows.services[id];
    if (service === undefined) return undefined;
    const wanted = service.requirements ?? (service.steps.length === 0 ? service.intro : undefined);
    const { items, remarks } = wanted ? split(filled(wanted)) : { items: [], remarks: [] };
    return {
      service: service.title,
      ready: items,
      documents: documentsOf(service),
      forms: (Object.keys(service.forms) as FormCode[]).map((code) => ({
        code,
        title: FORM_DEFINITIONS[code].title,
      })),
      bring: service.bring ? itemsOf(filled(service.bring)) : [],
      remarks,
      places: Object.values(office.points)
        .filter(({ status }) => status === 'active')
        .map((point) => ({ name: point.name, address: point.address, hours: hours(point) })),
      ...(service.promise === undefined ? {} : { promise: promiseWords(service.promise) }),
      office: paperOffice(office),
    };
  };
}

function documentsOf(service: Service): ChecklistFacts['documents'] {
  return service.steps.flatMap(({ ask, label, when, optional }) => {
    if (ask !== 'document') return [];
    const words = (language: Language) => conditionWords(service, when, language);
    const [id, en] = [words('id'), words('en')];
    return [
      {
        label,
        isOptional: optional === true,
        ...(id === undefined || en === undefined ? {} : { when: { id, en } }),
      },
    ];
  });
}

const ITEM = /^- /;

/** Lines that begin with a dash are things to tick; the others, without headings (`:` at their end), are remarks. */
function split(text: Words): { items: Words[]; remarks: Words[] } {
  const [id, en] = [linesOf(text.id), linesOf(text.en)];
  const pick = (isItem: boolean) => {
    const of = (lines: string[]) => lines.filter((line) => ITEM.test(line) === isItem && !line.endsWith(':'));
    return paired(of(id), of(en));
  };
  return { items: pick(true), remarks: pick(false) };
}

/** One thing a line, or the whole; for papers, without the marks of chats. */
export function itemsOf(text: Words): Words[] {
  return paired(linesOf(text.id), linesOf(text.en));
}

/** Translations say the same line by line; where they do not, the rest stands in both. */
function paired(id: string[], en: string[]): Words[] {
  return Array.from({ length: Math.max(id.length, en.length) }, (_, index) => {
    const [first, second] = [id[index] ?? en[index] ?? '', en[index] ?? id[index] ?? ''];
    return { id: first.replace(ITEM, ''), en: second.replace(ITEM, '') };
  });
}

function linesOf(text: string): string[] {
  return text
    .replaceAll('*', '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `P1D` is a day on which the office works. */
function promiseWords(promise: string): Words {
  const days = /^P(\d+)D$/.exec(promise)?.[1];
  const [id, en] =
    days === undefined
      ? [spanWords(promise, 'id'), spanWords(promise, 'en')]
      : [`${days} hari kerja`, `${days} working ${days === '1' ? 'day' : 'days'}`];
  return { id: `Selesai ${id} sejak berkas lengkap dan benar.`, en: `Done ${en} after complete documents.` };
}
