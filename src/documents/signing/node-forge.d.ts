/** The few names of node-forge that p12-worker.ts uses (the package brings no types). */
declare module 'node-forge' {
  namespace forge {
    type Asn1 = object;
    interface Bag {
      /** Parsed, when it is RSA; else null, and `asn1` is the value as it stood in the file. */
      key?: object | null;
      cert?: object | null;
      asn1?: Asn1;
    }
  }
  const forge: {
    asn1: {
      fromDer(binary: string): forge.Asn1;
      toDer(value: forge.Asn1): { getBytes(): string };
    };
    pkcs12: {
      pkcs12FromAsn1(
        value: forge.Asn1,
        isStrict: boolean,
        passphrase: string,
      ): { getBags(filter: { bagType: string }): Record<string, forge.Bag[] | undefined> };
    };
    pki: {
      oids: Record<'certBag' | 'keyBag' | 'pkcs8ShroudedKeyBag', string>;
      privateKeyToAsn1(key: object): forge.Asn1;
      wrapRsaPrivateKey(key: forge.Asn1): forge.Asn1;
      certificateToAsn1(certificate: object): forge.Asn1;
    };
  };

  export { forge as default };
}
