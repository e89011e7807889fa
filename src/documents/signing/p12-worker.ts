/** Thread of `p12.ts`: opens one PKCS#12 file, says what was in it, ends. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import forge from 'node-forge';
import type { Identity, OpenedP12, P12Job } from './p12.ts';

const { asn1, pkcs12, pki } = forge;

parentPort?.postMessage(open(workerData as P12Job));

function open({ file, passphrase }: P12Job): OpenedP12 {
  try {
    const identity = identityOf(Buffer.from(file).toString('binary'), passphrase);
    return identity === undefined ? { ok: false, reason: 'broken' } : { ok: true, identity };
  } catch (error) {
    // node-forge throws plain errors: only their words tell a wrong passphrase from a broken file.
    const isPassphrase = error instanceof Error && /MAC could not be verified/.test(error.message);
    return { ok: false, reason: isPassphrase ? 'passphrase' : 'broken' };
  }
}

function identityOf(binary: string, passphrase: string): Identity | undefined {
  const file = pkcs12.pkcs12FromAsn1(asn1.fromDer(binary), false, passphrase);
  const bags = (type: string) => file.getBags({ bagType: type })[type] ?? [];
  const [bag] = [...bags(pki.oids.pkcs8ShroudedKeyBag), ...bags(pki.oids.keyBag)];
  if (bag === undefined) return undefined;
  const key = createPrivateKey({ key: keyDer(bag), format: 'der', type: 'pkcs8' });
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec') return undefined;
  const certificates = bags(pki.oids.certBag).map((one) => new X509Certificate(certificateDer(one)));
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (own === undefined) return undefined;
  return {
    key,
    certificate: own.raw,
    chain: certificates.filter((certificate) => certificate !== own).map(({ raw }) => raw),
    name: nameOf(own),
    validFrom: own.validFromDate.getTime(),
    validTo: own.validToDate.getTime(),
  };
}

/** RSA comes parsed, any other kind as it stood in the file. */
function keyDer({ key, asn1: raw }: forge.Bag): Buffer {
  return derOf(key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(key)) : raw);
}

function certificateDer({ cert, asn1: raw }: forge.Bag): Buffer {
  return derOf(cert ? pki.certificateToAsn1(cert) : raw);
}

function derOf(value: forge.Asn1 | undefined): Buffer {
  if (value === undefined) throw new Error('an empty bag');
  return Buffer.from(asn1.toDer(value).getBytes(), 'binary');
}

function nameOf(certificate: X509Certificate): string {
  const { CN } = certificate.toLegacyObject().subject;
  return (Array.isArray(CN) ? CN[0] : CN) ?? '';
}
