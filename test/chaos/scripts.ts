/** What the citizens of a chaos run say: those of the crash test, and some who give up or want a person. */
import { type Script as Filing, scriptFor as filingFor } from '../e2e/scripts.ts';

export interface Script extends Filing {
  /** How often a person had the chat. */
  handoffs: number;
}

/** Citizen number `i`: of ten, four file, four only ask, one gives up in the middle, one asks for a person and is served. */
export function scriptFor(i: number): Script {
  const filing = filingFor(i);
  const way = i % 10;
  if (way === 4) return { ...givesUp(filing), handoffs: 0 };
  if (way === 9) return { ...wantsPerson(filing), handoffs: 1 };
  if (way > 4) return { ...asks(filing), handoffs: 0 };
  return { ...filing, handoffs: 0 };
}

const NOTHING_FILED = { service: undefined, answers: {}, papers: {}, visit: undefined };

function givesUp({ channel, phone }: Filing): Filing {
  const lines = [
    { text: 'halo', reply: /GRATIS/ },
    { text: 'ktp hilang', reply: /SETUJU/ },
    { text: 'setuju' },
    { text: 'hilang' },
    { text: 'batal', reply: /dibatalkan/i },
  ];
  return { channel, phone, lines, ...NOTHING_FILED };
}

function wantsPerson({ channel, phone }: Filing): Filing {
  const lines = [
    { text: 'halo', reply: /GRATIS/ },
    { text: 'petugas', reply: /Ada yang bisa saya bantu/ },
  ];
  return { channel, phone, lines, ...NOTHING_FILED };
}

function asks({ channel, phone }: Filing): Filing {
  const lines = [
    { text: 'halo', reply: /GRATIS/ },
    { text: 'berapa biayanya', reply: /gratis/i },
    { text: 'jam berapa kantor buka', reply: /08/ },
    { text: 'terima kasih', reply: /sama-sama/i },
  ];
  return { channel, phone, lines, ...NOTHING_FILED };
}
