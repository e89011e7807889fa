/** Endpoints of the queue: numbers for people at the counter, the next one, how it ended. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { AuditLog, Operator } from '../ports.ts';
import { calledSchema, ticketEndSchema, ticketRequestSchema, ticketSchema } from '../schemas/places.ts';
import { viewTicket } from './day-view.ts';
import type { TicketRecord, VisitFacts, WalkInQueue } from './visit-ports.ts';

export interface QueueEndpointDeps {
  queue: WalkInQueue;
  facts: Pick<VisitFacts, 'hasPoint'>;
  audit: AuditLog;
  clock: Clock;
}

/** Builds the endpoints under `/api/queue`. */
export function createQueueEndpoints({ queue, facts, audit, clock }: QueueEndpointDeps): Endpoint[] {
  const view = (ticket: TicketRecord) => viewTicket(queue, ticket);
  const note = (
    operator: Operator,
    action: string,
    ticket: TicketRecord,
    more: { [key: string]: string } = {},
  ) =>
    audit.append({
      ...{ at: clock.now(), actor: operator.id, action, subject: ticket.point },
      details: { ticket: queue.labelOf(ticket), date: ticket.date, ...more },
    });

  return [
    createEndpoint({
      method: 'post',
      path: '/queue/tickets',
      summary:
        'A number for somebody at the counter, for today. 409 with `reason`: `none` (no queue there), `closed`, `full`.',
      access: 'places',
      body: ticketRequestSchema,
      result: ticketSchema,
      refusals: [404, 409],
      async run({ body: { point, activity }, signed: { operator } }) {
        if (!facts.hasPoint(point)) throw new ApiError('NOT_FOUND');
        const taken = await queue.take({ point, activity, holder: `desk:${randomUUID()}` });
        if (!taken.ok) throw new ApiError('NOT_POSSIBLE', { reason: taken.reason });
        await note(operator, 'queue.ticket', taken.ticket);
        return { ticket: view(taken.ticket) };
      },
    }),
    createEndpoint<z.ZodUndefined, z.ZodUndefined>({
      method: 'get',
      path: '/queue/tickets/{id}/slip.pdf',
      summary: 'The number on a slip of paper, 80 mm wide.',
      access: 'places',
      streams: ['application/pdf'],
      refusals: [404],
      async run({ id, response }) {
        const ticket = await queue.find(id);
        if (!ticket) throw new ApiError('NOT_FOUND');
        const bytes = await queue.slip(ticket);
        response
          .set({
            'Content-Type': 'application/pdf',
            'Content-Disposition': `inline; filename="antrean-${queue.labelOf(ticket)}.pdf"`,
            'X-Content-Type-Options': 'nosniff',
          })
          .end(Buffer.from(bytes));
        return undefined;
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/queue/call',
      summary: 'Call the next number of today; null when nobody waits.',
      access: 'places',
      body: ticketRequestSchema,
      result: calledSchema,
      refusals: [404],
      async run({ body: { point, activity }, signed: { operator } }) {
        if (!facts.hasPoint(point)) throw new ApiError('NOT_FOUND');
        const ticket = await queue.call(point, activity);
        if (ticket) await note(operator, 'queue.call', ticket);
        return { ticket: ticket ? view(ticket) : null };
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/queue/tickets/{id}',
      summary: 'How it ended: `served`, `gone` (did not come when called), or null to take that back.',
      access: 'places',
      body: ticketEndSchema,
      result: ticketSchema,
      refusals: [404],
      async run({ id, body: { outcome }, signed: { operator } }) {
        const ticket = await queue.end(id, outcome);
        if (!ticket) throw new ApiError('NOT_FOUND');
        await note(operator, 'queue.end', ticket, { outcome: outcome ?? 'open' });
        return { ticket: view(ticket) };
      },
    }),
  ];
}
