/** Endpoints of what is out of order: SIAK, blank cards. Citizens are told by the bot, operators by a banner. */
import type { Clock } from '../../clock.ts';
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { AuditLog } from '../ports.ts';
import { noticeChangeSchema, noticesSchema } from '../schemas/supervision.ts';
import type { NoticeBoard } from './ports.ts';

export interface NoticeEndpointDeps {
  notices: NoticeBoard;
  audit: AuditLog;
  clock: Clock;
}

/** Builds the endpoints under `/api/notices`. */
export function createNoticeEndpoints({ notices, audit, clock }: NoticeEndpointDeps): Endpoint[] {
  return [
    createEndpoint({
      method: 'get',
      path: '/notices',
      summary: 'What is out of order now.',
      access: 'signed',
      result: noticesSchema,
      run: async () => ({ notices: notices.list() }),
    }),
    createEndpoint({
      method: 'post',
      path: '/notices',
      summary: 'Declare that something is out of order, or that it works again. `until` is not in the past.',
      access: 'notices',
      body: noticeChangeSchema,
      result: noticesSchema,
      async run({ signed: { operator }, body: { kind, isOn, until, reason } }) {
        const at = clock.now();
        if (until !== undefined && until <= at) throw new ApiError('INVALID_REQUEST');
        await notices.set(kind, isOn, { until, reason }, operator.name);
        const details = isOn && until !== undefined ? { until } : {};
        const action = isOn ? 'notice.on' : 'notice.off';
        await audit.append({ at, actor: operator.id, action, subject: kind, details });
        return { notices: notices.list() };
      },
    }),
  ];
}
