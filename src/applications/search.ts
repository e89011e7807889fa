/** Finding applications: by number, NIK, KK number or words of a name; and those that belong together. */
import type { Flows } from '../flows/schema.ts';
import type { Marks } from './marks.ts';
import { parseNumber } from './number.ts';
import type { Application, ApplicationStore } from './ports.ts';
import { bareValue } from './service-facts.ts';

export interface ApplicationSearch {
  /** Latest filed first. The text may hold personal data: it is neither kept nor logged. */
  findByText(text: string): Promise<Application[]>;
  /** Others of the same conversation or, by the NIK that was asked first, of the same applicant; latest filed first. */
  findRelated(application: Application): Promise<Application[]>;
}

/** Builds the search over the store. */
export function createApplicationSearch(deps: {
  applications: ApplicationStore;
  marks: Marks;
  flows: Pick<Flows, 'services'>;
}): ApplicationSearch {
  const { applications, marks, flows } = deps;
  return {
    async findByText(text) {
      const parsed = parseNumber(text);
      const byNumber = parsed.ok ? await applications.find(parsed.number) : undefined;
      if (byNumber) return [byNumber];
      const wanted = marks.search(text);
      // A frequent word's list is cut off; what carries all words is found by the rarest of them.
      const lists = await Promise.all(wanted.map((mark) => applications.findByMark(mark)));
      return latestFirst(lists.flat().filter((one) => wanted.every((mark) => one.marks.includes(mark))));
    },
    async findRelated(application) {
      const nik = applicantNik(flows, application);
      const lists = await Promise.all([
        applications.findByConversation(application.conversation),
        nik === undefined ? [] : applications.findByMark(marks.number(nik)),
      ]);
      return latestFirst(lists.flat().filter(({ number }) => number !== application.number));
    },
  };
}

/** The first NIK that is asked is that of the applicant (pelapor). */
function applicantNik(flows: Pick<Flows, 'services'>, { service, answers }: Application): string | undefined {
  const first = flows.services[service]?.steps.find(({ id, ask }) => ask === 'nik' && id in answers);
  const value = first && bareValue(answers[first.id]);
  return typeof value === 'string' ? value : undefined;
}

function latestFirst(found: Application[]): Application[] {
  const distinct = new Map(found.map((one) => [one.number, one]));
  return [...distinct.values()].sort((a, b) => b.submittedAt - a.submittedAt);
}
