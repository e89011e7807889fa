/** Files on their way to the service: one after the other, with their progress, to be tried again when they fail. */
import { useRef, useState } from 'preact/hooks';
import type { FileView } from '../../schemas/basics.ts';
import type { ChatCalls } from './inbox-api.ts';

export interface Upload {
  key: number;
  file: File;
  /** The part that has left, 0..1. */
  part: number;
  failure?: unknown;
}

export interface Uploads {
  list: readonly Upload[];
  add(files: Iterable<File>): void;
  again(key: number): void;
  drop(key: number): void;
}

/** `onKept` is given each file that the service has. */
export function useUploads(calls: ChatCalls, onKept: (file: FileView) => void): Uploads {
  const [list, setList] = useState<readonly Upload[]>([]);
  const keys = useRef(0);
  // A weak line carries one file better than five.
  const line = useRef(Promise.resolve());
  const kept = useRef(onKept);
  kept.current = onKept;
  const change = (key: number, fresh: Partial<Upload>) =>
    setList((all) => all.map((each) => (each.key === key ? { ...each, ...fresh } : each)));
  const drop = (key: number) => setList((all) => all.filter((each) => each.key !== key));

  const send = ({ key, file }: Upload) => {
    line.current = line.current.then(async () => {
      try {
        const stored = await calls.upload(file, (part) => change(key, { part }));
        drop(key);
        kept.current({ ...stored, name: file.name });
      } catch (failure) {
        change(key, { failure, part: 0 });
      }
    });
  };
  return {
    list,
    drop,
    add(files) {
      const fresh = [...files].map((file) => ({ key: ++keys.current, file, part: 0 }));
      setList((all) => [...all, ...fresh]);
      for (const each of fresh) send(each);
    },
    again(key) {
      const upload = list.find((each) => each.key === key);
      if (!upload) return;
      setList((all) => all.map((each) => (each.key === key ? { key, file: each.file, part: 0 } : each)));
      send(upload);
    },
  };
}
