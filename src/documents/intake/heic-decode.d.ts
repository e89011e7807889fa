/** The part of heic-decode that is used; the package has no types. */
declare module 'heic-decode' {
  interface Decoded {
    width: number;
    height: number;
    /** RGBA. */
    data: Uint8ClampedArray;
  }
  function decode(options: { buffer: Uint8Array }): Promise<Decoded>;
  export default decode;
}
