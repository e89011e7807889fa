import { makeCertificates, PASSPHRASE } from '../../test/documents/signing/certificates.ts';
import type { Finding, Measure } from '../measure.ts';
import { compare, type Turn } from '../pairs.ts';
import { installPeers } from '../peers.ts';
import { type ChildHandle, startChild } from '../start-child.ts';

const UNSIGNED =
  'receipts in a second, not signed; ours has two languages, tags for screen readers, PDF/A and twice the text';
const SIGNED =
  'receipts in a second, signed with RSA 2048; theirs opens the PKCS#12 file for each, as P12Signer does';

/** The paper that every application ends with. */
export const receipt: Measure = {
  name: 'receipt',
  title: 'The receipt as PDF with QR, beside the way of the tutorials (fonts by path, QR as PNG, P12Signer)',
  async run({ isQuick, note }) {
    installPeers(note);
    // P12Signer reads no certificate with another kind of key.
    const certificates = makeCertificates('rsa', 'rsa');
    try {
      const signing = { p12: certificates.path, passphrase: PASSPHRASE };
      return [
        await beside({ what: UNSIGNED, ours: 'ours', naive: 'naive', options: {}, isQuick, note }),
        await beside({
          what: SIGNED,
          aim: 12,
          ours: 'oursSigned',
          naive: 'naiveSigned',
          options: signing,
          isQuick,
          note,
        }),
      ];
    } finally {
      certificates.remove();
    }
  },
};

async function beside(side: {
  what: string;
  aim?: number;
  ours: string;
  naive: string;
  options: Record<string, string>;
  isQuick: boolean;
  note: (words: string) => void;
}): Promise<Finding> {
  const [ours, naive] = [
    await startChild('receipts', { draw: side.ours, ...side.options }),
    await startChild('receipts', { draw: side.naive, ...side.options }),
  ];
  const seconds = side.isQuick ? 0.5 : 2;
  side.note(`drawing receipts: ${side.ours}`);
  await Promise.all([drawn(ours, 1), drawn(naive, 1)]);
  const found = await compare(
    () => drawn(ours, seconds),
    () => drawn(naive, seconds),
    side.isQuick ? 3 : 5,
  );
  await Promise.all([ours.stop(), naive.stop()]);
  const range = found.rateRange.map((ratio) => ratio.toFixed(1)).join(' to ');
  return {
    what: side.what,
    value: found.rateRatio,
    unit: 'x the naive way',
    ...(side.aim === undefined ? {} : { aim: { atLeast: side.aim } }),
    detail: `${found.pairs} pairs, ${range}; by CPU ${found.cpuRatio.toFixed(1)}; ${each(found.ours)} beside ${each(found.floor)}`,
  };
}

function each({ rate, cpuUs }: Turn): string {
  return `${rate.toFixed(0)} a second, ${(1000 / rate).toFixed(1)} ms, ${(cpuUs / 1000).toFixed(1)} ms CPU`;
}

async function drawn(child: ChildHandle, seconds: number): Promise<Turn> {
  const done = await child.ask<{ receipts: number; seconds: number; cpuUs: number }>('run', { seconds });
  return { rate: done.receipts / done.seconds, cpuUs: done.cpuUs / done.receipts };
}
