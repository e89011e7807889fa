/** What the operators' inbox needs of the other rooms. */
import { createMarks } from './applications/marks.ts';
import type { Application } from './applications/ports.ts';
import { createApplicationSearch } from './applications/search.ts';
import type { Senders } from './channels/senders.ts';
import type { Clock } from './clock.ts';
import { createCheckAnswer } from './conversation/check-answer.ts';
import type { Knowledge } from './conversation/knowledge.ts';
import type { Conversation } from './conversation/types.ts';
import { understoodText } from './conversation/understood.ts';
import type { Inspector } from './documents/intake/inspector.ts';
import { parsePhone } from './flows/answers/phone.ts';
import type { InboxDeps } from './handoff/inbox/inbox.ts';
import type { CaseOf, InboxPorts } from './handoff/inbox/ports.ts';
import type { CaseDescription, DescribeCase } from './handoff/ports.ts';
import type { Office } from './office.ts';
import type { Calendar } from './pickup/calendar/calendar.ts';
import type { Store } from './store/open.ts';

interface InboxPortsDeps {
  store: Pick<Store, 'applications' | 'sealer'>;
  clock: Clock;
  describe: DescribeCase;
  knowledge: Pick<Knowledge, 'flows' | 'commands' | 'answerContext'>;
  office: Office;
  calendar: Pick<Calendar, 'answerTime'>;
  senders: Pick<Senders, 'capabilities' | 'canSms'>;
  inspector: Pick<Inspector, 'inspect'>;
}

/** The ports of the inbox. */
export function createInboxPorts(
  deps: InboxPortsDeps,
): InboxPorts & Pick<InboxDeps, 'answerTime' | 'inspect'> {
  const { store, clock, describe, knowledge, office, calendar, senders } = deps;
  const { flows, answerContext } = knowledge;
  const { applications, sealer } = store;
  const marks = createMarks({ hash: sealer.hash, flows });
  const search = createApplicationSearch({ applications, flows, marks });
  const check = createCheckAnswer(knowledge);
  const capabilities = ({ via, channel }: Conversation) => senders.capabilities(via, channel);
  return {
    inspect: (bytes) => deps.inspector.inspect(bytes, { asDocument: false }),
    capabilities,
    answerTime: calendar.answerTime,
    canSms: senders.canSms,
    templatesFor: (conversation) =>
      office.templates.filter(({ contentSid }) => contentSid || !capabilities(conversation).templates),
    understoodText: (understood) => understoodText(understood, flows),
    checkAnswer: ({ service, step, text }) => check(service, step, text, clock.now()),
    findApplications: search.findByText,
    readPhone: (text) => {
      const parsed = parsePhone(text, { ...answerContext, now: clock.now() });
      return parsed.ok ? parsed.value : undefined;
    },
    async casesOf(conversation) {
      const own = await applications.findByConversation(conversation.id);
      const nik = draftNik(describe(conversation, true));
      const related = await Promise.all([
        ...own.map(search.findRelated),
        ...(nik === undefined ? [] : [applications.findByMark(marks.number(nik))]),
      ]);
      const all = new Map([...own, ...related.flat()].map((one) => [one.number, one]));
      return [...all.values()]
        .sort((a, b) => b.submittedAt - a.submittedAt)
        .map((one) => viewCase(one, conversation, flows));
    },
  };
}

/** The applicant's, in the form that is being filled in: the first that is asked. */
function draftNik({ steps, answers }: CaseDescription): string | undefined {
  const first = steps.find(({ ask, isAnswered }) => ask === 'nik' && isAnswered);
  return answers.find(({ id }) => id === first?.id)?.text;
}

function viewCase(
  { number, service, state, dueAt, conversation }: Application,
  { id }: Conversation,
  { services }: Knowledge['flows'],
): CaseOf {
  const title = services[service]?.title.id ?? service;
  return { number, title, state, dueAt, isElsewhere: conversation !== id };
}
