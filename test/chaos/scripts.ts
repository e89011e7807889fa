/** What the citizens of a chaos run say: those of the crash test, and some who give up or want a person. */
import { type Script as Filing, scriptFor as filingFor, type Line } from '../e2e/scripts.ts';

export interface Script extends Filing {
  /** How often a person had the chat. */
  handoffs: number;
}

/** Citizen number `i`: of ten, one gives up in the middle, one asks for a person and is served, eight file. */
export function scriptFor(i: number): Script {
  const filing = filingFor(i);
  if (i % 10 === 4) return { ...givesUp(filing), handoffs: 0 };
  if (i % 10 === 9) return { ...wantsPerson(filing), handoffs: 1 };
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
