/** What the receipt says, gathered from the application, its flow, its booking and the office. */
import type { ApplicationStore } from './applications/ports.ts';
import type { PaperOffice } from './documents/papers/paper.ts';
import type { ReceiptFacts } from './documents/papers/receipt-facts.ts';
import { AppError } from './errors.ts';
import type { Flows, Service } from './flows/schema.ts';
import type { Json } from './json.ts';
import type { Office } from './office.ts';
import type { OfferedSlot } from './pickup/ports.ts';

interface Deps {
  flows: Flows;
  office: Office;
  applications: Pick<ApplicationStore, 'find'>;
  findSlot(application: string): Promise<OfferedSlot | undefined>;
}

/** Facts by application number. Throws AppError NOT_FOUND for a number that was never given. */
export function createReceiptFacts(deps: Deps): (number: string) => Promise<ReceiptFacts> {
  return async (number) => {
    const application = await deps.applications.find(number);
    if (!application)
      throw new AppError('NOT_FOUND', {
        detail: 'a receipt was asked for an application that does not exist',
      });
    const service = deps.flows.services[application.service];
    const values = valuesOf(application.answers);
    const slot = await deps.findSlot(number);
    return {
      application: number,
      pin: application.pin,
      service: service?.title ?? { id: application.service, en: application.service },
      applicant: applicantOf(service, application.answers),
      submittedAt: application.submittedAt,
      dueAt: application.dueAt,
      received: service ? received(service, values) : [],
      bring: service ? brought(service, values) : [],
      ...(slot ? { visit: slot } : {}),
      office: paperOffice(deps.office),
    };
  };
}

/** What of the office stands on our papers. */
export function paperOffice({ authority, name, address, website, timeZone }: Office): PaperOffice {
  return { ...(authority === undefined ? {} : { authority }), name, address, website, timeZone };
}

type Values = Map<string, Json>;

function valuesOf(answers: { [step: string]: Json }): Values {
  return new Map(Object.entries(answers).map(([step, answer]) => [step, (answer as { v: Json }).v]));
}

/** The first NIK and the first name that are asked are those of the applicant (pelapor). */
export function applicantOf(
  service: Service | undefined,
  answers: { [step: string]: Json },
): ReceiptFacts['applicant'] {
  const values = valuesOf(answers);
  const first = (kind: 'nik' | 'name') => {
    const step = service?.steps.find(({ id, ask }) => ask === kind && typeof values.get(id) === 'string');
    const value = step && values.get(step.id);
    return typeof value === 'string' ? { [kind]: value } : {};
  };
  return { ...first('nik'), ...first('name') };
}

function received(service: Service, values: Values): ReceiptFacts['received'] {
  return service.steps.flatMap(({ id, ask, label }) => {
    const value = values.get(id);
    const files =
      ask === 'document' && isObject(value) && Array.isArray(value.files) ? value.files : undefined;
    return files ? [{ label, pages: files.length }] : [];
  });
}

function brought(service: Service, values: Values): ReceiptFacts['bring'] {
  const papers = service.steps.filter(({ id, ask }) => {
    const value = values.get(id);
    return ask === 'document' && isObject(value) && value.counter === true;
  });
  return [
    ...papers.map(({ label }) => label),
    ...(service.bring ? [{ id: plain(service.bring.id), en: plain(service.bring.en) }] : []),
  ];
}

/** Marks of bold belong to chats. */
function plain(text: string): string {
  return text.replaceAll('*', '').replace(/\s*\n\s*/g, '; ');
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
