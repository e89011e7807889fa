/** Waiting lines: random arrivals, exponential service times, some servers (M/M/c). Times in seconds. */

export interface Line {
  /** Arrivals a second. */
  rate: number;
  /** Mean time of one service. */
  service: number;
  servers: number;
}

/** Share of the servers' time that is used; from 1 on the line grows without end. */
export function utilisation({ rate, service, servers }: Line): number {
  return (rate * service) / servers;
}

/** Probability of having to wait (Erlang C), by the recursion of Erlang B, which stays in range for many servers. */
export function waitProbability(line: Line): number {
  const used = utilisation(line);
  if (used >= 1) return 1;
  const offered = line.rate * line.service;
  let blocked = 1;
  for (let servers = 1; servers <= line.servers; servers += 1)
    blocked = (offered * blocked) / (servers + offered * blocked);
  return blocked / (1 - used * (1 - blocked));
}

/** Mean time in the line, without the service; Infinity when it is overloaded. */
export function meanWait(line: Line): number {
  const used = utilisation(line);
  if (used >= 1) return Number.POSITIVE_INFINITY;
  return (waitProbability(line) * line.service) / (line.servers * (1 - used));
}

/** Share of those who wait longer than `seconds`. */
export function waitLongerThan(line: Line, seconds: number): number {
  const free = line.servers * (1 - utilisation(line));
  return free <= 0 ? 1 : waitProbability(line) * Math.exp((-free * seconds) / line.service);
}

/** The fewest servers with which at most `share` wait longer than `seconds`. */
export function serversFor(
  demand: Omit<Line, 'servers'>,
  { share, seconds }: { share: number; seconds: number },
): number {
  let servers = Math.floor(demand.rate * demand.service) + 1;
  while (waitLongerThan({ ...demand, servers }, seconds) > share) servers += 1;
  return servers;
}
