/** What the office does with applications: each act is one write, and what the citizen must hear lies in it. */
import type { Clock } from '../clock.ts';
import type { Hub } from '../conversation/ports.ts';
import type { OperatorRef, StoredFile } from '../conversation/types.ts';
import type { Flows } from '../flows/schema.ts';
import type { OfferedSlot } from '../flows/talk.ts';
import { isClosedState } from '../flows/vocabulary.ts';
import { changeApplication } from './change.ts';
import { lastDay } from './deadlines.ts';
import { type Decided, decide, type Person, type Refusal } from './decisions.ts';
import { revisionOf, withHistory } from './history.ts';
import type { Application, ApplicationState, ApplicationStore, Verdict } from './ports.ts';
import { labelOf } from './service-facts.ts';
import type { Teller } from './tell.ts';

export interface CasesDeps {
  applications: ApplicationStore;
  flows: Pick<Flows, 'services' | 'timing'>;
  timeZone: string;
  clock: Clock;
  hub: Hub;
  teller: Pick<Teller, 'tell'>;
  /** How a file reaches this applicant: itself, or as the address of a page where the phone takes no files. */
  outgoing(application: Application, file: StoredFile): Promise<{ files: StoredFile[] } | { url: string }>;
  /** The visit that is booked for an application. */
  findVisit(number: string): Promise<OfferedSlot | undefined>;
  /** Called after the end of a case, and never in its way; again is harmless. */
  ended(number: string, how: 'handed-over' | 'closed'): Promise<void>;
}

/** `unknown`: no such application. `stale`: it is not the revision that was looked at. Refusals of decisions.ts. */
export type Outcome =
  | { ok: true; application: Application }
  | { ok: false; reason: 'unknown' | 'stale' }
  | Refusal;

/** Which application, and which revision of it was looked at (history.ts). */
export interface Looked {
  number: string;
  revision: number;
}

/** Every act tells `requests` on the hub, and the citizen once it is written. */
export interface Cases {
  decide(looked: Looked, decided: Decided, person: Person): Promise<Outcome>;
  /** Accepts or refuses (with what the citizen reads) one document or answer; null takes it back. In verification only. */
  judge(
    looked: Looked,
    judged: { step: string; verdict: Verdict['verdict'] | null; reason?: string | undefined },
    person: Person,
  ): Promise<Outcome>;
  /** Gives it to somebody, or to nobody. */
  assign(looked: Looked, to: OperatorRef | null, person: Person): Promise<Outcome>;
  /** Attaches the finished document and sends it. In production, and for what is ready or done. */
  attach(looked: Looked, file: StoredFile, person: Person): Promise<Outcome>;
  /**
   * Notes a letter of ours, and sends it where it is to be sent; whatever the revision, for it was written and perhaps signed
   * by now. The same `note` again (it holds the letter's code) has no second effect.
   */
  letter(
    number: string,
    letter: { file: StoredFile; note: string; isSent: boolean },
    person: Person,
  ): Promise<Outcome>;
  /** Sends SIAK's PIN of the file, in a message of its own; it is not kept. In the same states. */
  sendPin(looked: Looked, pin: string, person: Person): Promise<Outcome>;
}

const OPEN: readonly ApplicationState[] = [
  'submitted',
  'verification',
  'correction',
  'approved',
  'production',
  'ready',
];
const MADE: readonly ApplicationState[] = ['production', 'ready', 'completed'];

/** Builds the acts over the store. */
export function createCases(deps: CasesDeps): Cases {
  async function act(
    looked: Looked,
    change: (application: Application) => Application | Refusal | Promise<Application | Refusal>,
  ): Promise<Outcome> {
    const { number, revision } = looked;
    return settle(
      number,
      await changeApplication<Refusal | { ok: false; reason: 'stale' }>(
        deps.applications,
        number,
        (application) =>
          revisionOf(application) === revision ? change(application) : { ok: false, reason: 'stale' },
      ),
    );
  }

  async function settle(number: string, outcome: Outcome): Promise<Outcome> {
    if (!outcome.ok) return outcome;
    deps.hub.publish('requests', number);
    await deps.teller.tell(outcome.application);
    const how = endOf(outcome.application);
    if (how) await deps.ended(number, how);
    return outcome;
  }

  const serviceOf = ({ service }: Application) => deps.flows.services[service];

  return {
    decide: (looked, decided, person) =>
      act(looked, async (application) => {
        const now = deps.clock.now();
        const correctBy = lastDay(now, deps.flows.timing.correction, deps.timeZone);
        const setting = { now, service: serviceOf(application), correctBy };
        if (decided.decision !== 'finish') return decide(application, decided, person, setting);
        const visit = await deps.findVisit(application.number);
        const pickup = visit?.activity === 'pickup' ? visit : undefined;
        return decide(application, decided, person, { ...setting, pickup });
      }),

    judge: (looked, judged, { by }) =>
      act(looked, (application) => {
        const { step, verdict, reason } = judged;
        if (application.state !== 'verification') return NOT_POSSIBLE;
        if (!(step in application.answers)) return { ok: false, reason: 'unknown-step' };
        if (verdict === 'refused' && !reason) return { ok: false, reason: 'reason-needed' };
        const at = deps.clock.now();
        const { [step]: _, ...verdicts } = application.verdicts;
        if (verdict)
          verdicts[step] = { verdict, by, at, ...(verdict === 'refused' && reason ? { reason } : {}) };
        const label = labelOf(serviceOf(application), step);
        const note = { at, event: 'note', by, state: application.state } as const;
        return withHistory({ ...application, verdicts }, { ...note, reason: noteOf(label, verdict, reason) });
      }),

    assign: (looked, to, { by }) =>
      act(looked, (application) => {
        if (!OPEN.includes(application.state)) return NOT_POSSIBLE;
        const { assignee: _, ...rest } = application;
        const entry = { at: deps.clock.now(), event: 'assign', by, state: application.state } as const;
        return withHistory(to ? { ...rest, assignee: to } : rest, {
          ...entry,
          reason: to ? `Kepada ${to.name}` : 'Tanpa petugas',
        });
      }),

    attach: (looked, file, { by }) =>
      act(looked, async (application) => {
        if (!MADE.includes(application.state)) return NOT_POSSIBLE;
        const sent = await deps.outgoing(application, file);
        const entry = { at: deps.clock.now(), event: 'attach', by, state: application.state } as const;
        const result = [...application.result.filter((one) => one.file !== file.file), file];
        return withHistory({ ...application, result }, entry, { kind: 'result', ...sent });
      }),

    letter: async (number, { file, note, isSent }, { by }) => {
      let done: Application | undefined;
      const outcome = await changeApplication<{ ok: false; reason: 'done' }>(
        deps.applications,
        number,
        async (application) => {
          if (application.history.some(({ reason }) => reason === note)) {
            done = application;
            return { ok: false, reason: 'done' };
          }
          const { state } = application;
          const entry = { at: deps.clock.now(), event: 'note', by, state, reason: note } as const;
          if (!isSent) return withHistory(application, entry);
          const sent = await deps.outgoing(application, file);
          return withHistory(application, entry, { kind: 'letter', ...sent });
        },
      );
      if (done) return { ok: true, application: done };
      return outcome.ok ? settle(number, outcome) : { ok: false, reason: 'unknown' };
    },

    sendPin: (looked, pin, { by }) =>
      act(looked, (application) => {
        if (!MADE.includes(application.state)) return NOT_POSSIBLE;
        const entry = { at: deps.clock.now(), event: 'pin-sent', by, state: application.state } as const;
        return withHistory(application, entry, { kind: 'pin', pin });
      }),
  };
}

/** Undefined while it goes on. */
function endOf({ state, history }: Application): 'handed-over' | 'closed' | undefined {
  const last = history.at(-1);
  if (last?.event === 'hand-over' && typeof last.by === 'object') return 'handed-over';
  return isClosedState(state) ? 'closed' : undefined;
}

const NOT_POSSIBLE: Refusal = { ok: false, reason: 'not-possible' };

function noteOf(label: string, verdict: Verdict['verdict'] | null, reason: string | undefined): string {
  if (verdict === 'refused') return `Ditolak: ${label} (${reason})`;
  return verdict === 'accepted' ? `Diterima: ${label}` : `Dibuka lagi: ${label}`;
}
