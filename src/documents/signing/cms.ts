/**
 * The signature itself: CMS SignedData (RFC 5652), detached, with the signed attributes of PAdES baseline B-B (ETSI EN
 * 319 142-1, 6.3): content type, digest, and which certificate signed (RFC 5035). The time stands in the PDF's own
 * field (`/M`), as that norm asks. No time stamp of an authority (B-T): that would be a call to one for each paper.
 */
import { createHash, sign as nodeSign } from 'node:crypto';
import { promisify } from 'node:util';
import { der, oid, partsOf, sequence, setContent, TAG } from './der.ts';
import type { Identity } from './p12.ts';

const signAsync = promisify(nodeSign);

const OID = {
  data: oid('1.2.840.113549.1.7.1'),
  signedData: oid('1.2.840.113549.1.7.2'),
  contentType: oid('1.2.840.113549.1.9.3'),
  messageDigest: oid('1.2.840.113549.1.9.4'),
  signingCertificateV2: oid('1.2.840.113549.1.9.16.2.47'),
  sha256: oid('2.16.840.1.101.3.4.2.1'),
  rsa: oid('1.2.840.113549.1.1.1'),
  ecdsaWithSha256: oid('1.2.840.10045.4.3.2'),
};

const SHA256 = sequence(OID.sha256);
const VERSION_1 = der(TAG.integer, Buffer.from([1]));

/** Signs `content` with SHA-256; the work with the key is done off the main thread. The result is DER. */
export async function signCms(content: Uint8Array, identity: Identity): Promise<Buffer> {
  const attributes = setContent([
    attribute(OID.contentType, OID.data),
    attribute(OID.messageDigest, der(TAG.bytes, sha256(content))),
    attribute(OID.signingCertificateV2, signingCertificate(identity.certificate)),
  ]);
  const signature = await signAsync('sha256', der(TAG.set, attributes), identity.key);
  const signerInfo = sequence(
    VERSION_1,
    issuerAndSerial(identity.certificate),
    SHA256,
    der(TAG.context0, attributes),
    algorithmOf(identity),
    der(TAG.bytes, signature),
  );
  const signedData = sequence(
    VERSION_1,
    der(TAG.set, SHA256),
    sequence(OID.data),
    der(TAG.context0, setContent([identity.certificate, ...identity.chain])),
    der(TAG.set, signerInfo),
  );
  return sequence(OID.signedData, der(TAG.context0, signedData));
}

/** At least as many bytes as `signCms` gives for this identity: the PDF keeps the place free before it is signed. */
export function roomFor({ certificate, chain }: Pick<Identity, 'certificate' | 'chain'>): number {
  const certificates = [certificate, ...chain].reduce((sum, one) => sum + one.length, 0);
  return certificates + certificate.length + 1024;
}

function attribute(type: Buffer, value: Buffer): Buffer {
  return sequence(type, der(TAG.set, value));
}

/** ESSCertIDv2 with its default digest, SHA-256, which DER then leaves out. */
function signingCertificate(certificate: Buffer): Buffer {
  return sequence(sequence(sequence(der(TAG.bytes, sha256(certificate)))));
}

/** TBSCertificate (RFC 5280, 4.1): the version may be absent, then serial, algorithm, issuer. */
function issuerAndSerial(certificate: Buffer): Buffer {
  const [body = Buffer.alloc(0)] = partsOf(certificate);
  const parts = partsOf(body).filter((part) => part[0] !== TAG.context0);
  const [serial = Buffer.alloc(0), , issuer = Buffer.alloc(0)] = parts;
  return sequence(issuer, serial);
}

function algorithmOf({ key }: Identity): Buffer {
  if (key.asymmetricKeyType === 'ec') return sequence(OID.ecdsaWithSha256);
  return sequence(OID.rsa, der(TAG.null));
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
