/** What every Hub promises. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../src/store/types.ts';

type Opened = Pick<Store, 'hub' | 'close'>;

export function describeHub(name: string, open: () => Promise<Opened>): void {
  describe(`Hub of ${name}`, () => {
    let store: Opened;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('brings news to all who listen to the topic, and to nobody else', async () => {
      const [one, two, other] = [vi.fn(), vi.fn(), vi.fn()];
      store.hub.subscribe('inbox', one);
      store.hub.subscribe('inbox', two);
      store.hub.subscribe('other', other);
      store.hub.publish('inbox', { n: 1 });
      await vi.waitFor(() => expect(two).toHaveBeenCalledWith({ n: 1 }));
      expect(one).toHaveBeenCalledExactlyOnceWith({ n: 1 });
      expect(other).not.toHaveBeenCalled();
    });

    it('stops for the one who leaves', async () => {
      const [gone, stays] = [vi.fn(), vi.fn()];
      const leave = store.hub.subscribe('inbox', gone);
      store.hub.subscribe('inbox', stays);
      leave();
      leave();
      store.hub.publish('inbox', 1);
      await vi.waitFor(() => expect(stays).toHaveBeenCalledOnce());
      expect(gone).not.toHaveBeenCalled();
    });

    it('lets one function listen twice, and each undo end one of the two', async () => {
      const listener = vi.fn();
      const leave = store.hub.subscribe('inbox', listener);
      store.hub.subscribe('inbox', listener);
      leave();
      store.hub.publish('inbox', 1);
      await vi.waitFor(() => expect(listener).toHaveBeenCalledOnce());
    });

    it('does not let a listener that throws harm the publisher or the others', async () => {
      const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
      const after = vi.fn();
      store.hub.subscribe('inbox', () => {
        throw new Error('broken listener');
      });
      store.hub.subscribe('inbox', after);
      store.hub.publish('inbox', 1);
      await vi.waitFor(() => expect(after).toHaveBeenCalledOnce());
      warning.mockRestore();
    });
  });
}
