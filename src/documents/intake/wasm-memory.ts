/** WebAssembly memory lies outside the heap that a thread's limits count: this bounds it. */

const PAGE_BYTES = 64 * 1024;

/** Node has it; the types of the language alone do not. */
interface Memory {
  buffer: ArrayBuffer;
  grow(pages: number): number;
}
declare const WebAssembly: { Memory: { prototype: Memory } };

/**
 * From now on no WebAssembly memory of this thread grows above `maxBytes`: the program in it is told that there is no
 * more, as on a machine that has no more. For worker threads.
 */
export function limitWasmMemory(maxBytes: number): void {
  const { prototype } = WebAssembly.Memory;
  const grow = prototype.grow;
  prototype.grow = function limited(this: Memory, pages: number): number {
    if (this.buffer.byteLength + pages * PAGE_BYTES > maxBytes) throw new RangeError('above the limit');
    return grow.call(this, pages);
  };
}
