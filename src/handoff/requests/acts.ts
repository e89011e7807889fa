/** What operators do with requests: each act is checked, done, and then in the audit log. */
import { parseOwner } from '../../conversation/case-owner.ts';
import type { Vault } from '../../conversation/ports.ts';
import type { OperatorRef, StoredFile } from '../../conversation/types.ts';
import type { Json } from '../../json.ts';
import { isAllowed } from '../accounts/roles.ts';
import { ApiError, type ApiErrorCode } from '../api/api-error.ts';
import { type Inspect, keepUpload } from '../api/upload.ts';
import type { Journal } from '../inbox/journal.ts';
import type { Operator, OperatorStore } from '../ports.ts';
import type { Decision } from '../schemas/requests.ts';
import { actorOf } from './actor.ts';
import type { LookedAt, RequestActs, RequestOutcome, RequestReader } from './ports.ts';

export interface RequestActDeps {
  requests: Pick<RequestReader, 'find'>;
  acts: RequestActs;
  operators: Pick<OperatorStore, 'find'>;
  vault: Vault;
  inspect: Inspect;
  journal: Pick<Journal, 'note'>;
}

/** SIAK makes its documents as PDF, and only that is sent on. */
export const RESULT_TYPES = ['application/pdf'] as const;

/**
 * Each throws ApiError: NOT_FOUND, STALE, FORBIDDEN, NOT_POSSIBLE, REASON_NEEDED, INVALID_REQUEST (a step that it does
 * not have).
 */
export interface OperatorActs {
  decide(looked: LookedAt, decided: Parameters<RequestActs['decide']>[1], operator: Operator): Promise<void>;
  judge(looked: LookedAt, judged: Parameters<RequestActs['judge']>[1], operator: Operator): Promise<void>;
  /** `to` is an operator's id, or nobody. Giving it to a colleague is for those who give out work. */
  assign(looked: LookedAt, to: string | null, operator: Operator): Promise<void>;
  /** Keeps a finished document for `attach`. Throws UNSUPPORTED_FILE for what is no whole PDF. */
  upload(number: string, bytes: Uint8Array, operator: Operator): Promise<StoredFile>;
  attach(looked: LookedAt, file: string, operator: Operator): Promise<void>;
  sendPin(looked: LookedAt, pin: string, operator: Operator): Promise<void>;
  /** The same for many, one after the other; the code of each refusal, null where it was done. */
  bulk(
    all: LookedAt[],
    what: { decision: Decision | 'assign'; to: string | null },
    operator: Operator,
  ): Promise<{ number: string; error: ApiErrorCode | null }[]>;
}

const CODES: { [reason in (RequestOutcome & { ok: false })['reason']]: ApiErrorCode } = {
  unknown: 'NOT_FOUND',
  stale: 'STALE',
  forbidden: 'FORBIDDEN',
  'not-possible': 'NOT_POSSIBLE',
  'reason-needed': 'REASON_NEEDED',
  'nothing-refused': 'NOT_POSSIBLE',
  'unknown-step': 'INVALID_REQUEST',
};

/** Builds the acts over the ports. */
export function createOperatorActs(deps: RequestActDeps): OperatorActs {
  const settle = async (
    action: string,
    operator: Operator,
    outcome: RequestOutcome,
    details: { [key: string]: Json } = {},
  ): Promise<void> => {
    if (!outcome.ok) throw new ApiError(CODES[outcome.reason]);
    const { number, state, version } = outcome.application;
    await deps.journal.note(operator, `request.${action}`, number, { state, version, ...details });
  };

  const findRequest = async (number: string) => {
    const request = await deps.requests.find(number);
    if (!request) throw new ApiError('NOT_FOUND');
    return request;
  };

  const acts: OperatorActs = {
    decide: async (looked, decided, operator) =>
      settle(decided.decision, operator, await deps.acts.decide(looked, decided, actorOf(operator))),

    judge: async (looked, judged, operator) =>
      settle('verdict', operator, await deps.acts.judge(looked, judged, actorOf(operator)), {
        step: judged.step,
        verdict: judged.verdict,
      }),

    async assign(looked, to, operator) {
      if (to !== null && to !== operator.id && !isAllowed(operator.role, 'supervise'))
        throw new ApiError('FORBIDDEN');
      const colleague = to === null ? null : await findColleague(deps.operators, to);
      await settle('assign', operator, await deps.acts.assign(looked, colleague, actorOf(operator)), { to });
    },

    async upload(number, bytes, operator) {
      const { conversation: owner, filedBy } = await findRequest(number);
      const { draft } = parseOwner(filedBy);
      // Our own name: what an office calls such files often holds a citizen's name.
      const name = `${number}.pdf`;
      const kept = await keepUpload(deps, { owner, draft, bytes, types: RESULT_TYPES, name });
      await deps.journal.note(operator, 'request.upload', number, { file: kept.file });
      return kept;
    },

    async attach(looked, file, operator) {
      const { conversation } = await findRequest(looked.number);
      const kept = await deps.vault.get(file);
      // Another citizen's file is treated as not there.
      if (!kept || kept.owner !== conversation) throw new ApiError('NOT_FOUND');
      if (!RESULT_TYPES.some((type) => type === kept.contentType)) throw new ApiError('UNSUPPORTED_FILE');
      const { contentType, bytes, name = `${looked.number}.pdf` } = kept;
      const stored = { file, contentType, sizeBytes: bytes.byteLength, name };
      await settle('attach', operator, await deps.acts.attach(looked, stored, actorOf(operator)), { file });
    },

    sendPin: async (looked, pin, operator) =>
      settle('pin', operator, await deps.acts.sendPin(looked, pin, actorOf(operator))),

    async bulk(all, { decision, to }, operator) {
      const results = [];
      for (const looked of all) {
        const done =
          decision === 'assign'
            ? acts.assign(looked, to, operator)
            : acts.decide(looked, { decision }, operator);
        results.push({ number: looked.number, error: await refusalOf(done) });
      }
      return results;
    },
  };
  return acts;
}

/** Somebody who works with requests. */
async function findColleague(operators: Pick<OperatorStore, 'find'>, id: string): Promise<OperatorRef> {
  const colleague = await operators.find(id);
  if (!colleague || colleague.disabled || !isAllowed(colleague.role, 'requests'))
    throw new ApiError('NOT_FOUND');
  return { id: colleague.id, name: colleague.name };
}

/** A fault ends the whole: what was done by then stays done, and the list says so when it is asked for. */
async function refusalOf(done: Promise<void>): Promise<ApiErrorCode | null> {
  try {
    await done;
    return null;
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
}
