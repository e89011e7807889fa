/** What the model takes for granted. Each with where it comes from: `source` is printed beside it. */

export interface Assumption {
  value: number;
  unit: string;
  words: string;
  source: string;
}

const own = 'own estimate';

/** What people do. */
export const PEOPLE = {
  offices: {
    value: 514,
    unit: 'offices',
    words: 'registry offices of the nation',
    source: 'one in each regency and city',
  },
  largestShare: {
    value: 0.02,
    unit: 'of the nation',
    words: 'share of the largest office',
    source: `${own}: some 5 of 280 million people`,
  },
  messagesPerRequest: {
    value: 30,
    unit: 'messages',
    words: 'a citizen writes for one request',
    source: 'flows.yaml: a birth certificate asks about 30 questions; offices that only chat count about 10',
  },
  questionsPerRequest: {
    value: 1,
    unit: 'chats',
    words: 'only to ask something, for each request',
    source: 'questions are half of the job (Kutai Timur, 2021)',
  },
  messagesPerQuestion: { value: 4, unit: 'messages', words: 'of such a chat', source: own },
  callbacksPerReply: {
    value: 3,
    unit: 'calls',
    words: 'of the provider for each reply: sent, delivered, read',
    source: 'docs.360dialog.com, sizing: reserve three for each message sent',
  },
  peakHour: { value: 0.17, unit: 'of the day', words: 'falls into its busiest hour', source: own },
  peakMinute: {
    value: 1.5,
    unit: 'x',
    words: 'the busiest minute beside the mean of that hour',
    source: own,
  },
  photosPerRequest: {
    value: 4,
    unit: 'photos',
    words: 'for each request',
    source: '3 to 5 (sizing of offices)',
  },
  photoMb: { value: 1, unit: 'MB', words: 'each', source: '0.2 to 5 MB (sizing of offices)' },
  keepDays: {
    value: 33,
    unit: 'days',
    words: 'photos are kept',
    source: 'closed after about 3 days, erased 30 days later',
  },
  handoffShare: {
    value: 0.1,
    unit: 'of chats',
    words: 'end with an operator',
    source: `${own}; a bot that understands less has more`,
  },
  handoffMinutes: {
    value: 9.6,
    unit: 'minutes',
    words: 'an operator needs for one',
    source: 'Garut 2020: two screens answered 100 chats a day (8 hours)',
  },
  stormOpenDays: {
    value: 5,
    unit: 'days',
    words: 'of requests are open when all are sent the same news',
    source: own,
  },
  stormAnswers: {
    value: 0.2,
    unit: 'of them',
    words: 'answer within half an hour, with two messages',
    source: own,
  },
} as const satisfies Record<string, Assumption>;

/** What one machine can do that was not measured here. */
export const MACHINES = {
  target: {
    value: 0.6,
    unit: 'of capacity',
    words: 'used at most, so that one of three may fail',
    source: own,
  },
  callbackCost: {
    value: 0.4,
    unit: 'of a message',
    words: 'processor time of a status callback in a web process',
    source: `${own}: signature and one write, no step`,
  },
  mongoWrites: {
    value: 5_000,
    unit: 'writes/s',
    words: 'one shard (replica set, journal, majority)',
    source: `${own}; measure yours: a stand-in was measured here`,
  },
  redisCommands: {
    value: 80_000,
    unit: 'commands/s',
    words: 'one Redis node',
    source: 'redis.io/topics/benchmarks: around 100,000 without pipelining; scripts cost more',
  },
  senderRate: {
    value: 80,
    unit: 'messages/s',
    words: 'of one WhatsApp number, in and out together',
    source: 'developers.facebook.com, throughput; 1,000 after an upgrade',
  },
} as const satisfies Record<string, Assumption>;

/** Requests a day and office. */
export const DAYS = [
  { name: 'a quiet day', requests: 200, source: 'Kutai Timur 2021: up to 200 online' },
  { name: 'a full day', requests: 1_000, source: 'Samarinda 2021: about 1,000' },
  { name: 'the peak day', requests: 2_000, source: 'Samarinda before 2020: 1,800; sizing of offices: 2,000' },
] as const;
