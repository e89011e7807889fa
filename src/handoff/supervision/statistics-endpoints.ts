/** Endpoints of the statistics: all of a period as JSON, and each table as a file. */
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import { STATISTICS_QUERY, statisticsSchema } from '../schemas/supervision.ts';
import { readPeriod } from './period.ts';
import { createStatistics, type StatisticsDeps } from './statistics.ts';
import { TABLES } from './statistics-tables.ts';

export type StatisticsEndpointDeps = StatisticsDeps & { office: { timeZone: string } };

/** Builds the endpoints under `/api/statistics`. */
export function createStatisticsEndpoints(deps: StatisticsEndpointDeps): Endpoint[] {
  const statistics = createStatistics(deps);
  const period = (query: { [name: string]: unknown }) =>
    readPeriod(query, { now: deps.clock.now(), timeZone: deps.office.timeZone });
  return [
    createEndpoint({
      method: 'get',
      path: '/statistics',
      summary:
        'Work, waits, promises and the funnel of some days (at most 366, the last 30 if none are named).',
      access: 'supervise',
      query: STATISTICS_QUERY,
      result: statisticsSchema,
      refusals: [400],
      run: ({ query }) => statistics(period(query)),
    }),
    createEndpoint({
      method: 'get',
      path: '/statistics/{id}',
      summary: `One table of it as a file: ${[...TABLES.keys()].join(', ')}.`,
      access: 'supervise',
      query: STATISTICS_QUERY,
      streams: ['text/csv'],
      refusals: [400, 404],
      async run({ id, query, response }) {
        const write = TABLES.get(id);
        if (!write) throw new ApiError('NOT_FOUND');
        const figures = await statistics(period(query));
        response
          .attachment(`${id}-${figures.from}-${figures.until}.csv`)
          .type('text/csv; charset=utf-8')
          .send(write(figures));
        return undefined;
      },
    }),
  ];
}
