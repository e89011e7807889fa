import { useEffect } from 'preact/hooks';

/** Takes files that are dropped anywhere on the chat around `box`; the page marks it while they hover. */
export function useDrop(
  box: { current: HTMLElement | null },
  isOn: boolean,
  onFiles: (files: Iterable<File>) => void,
): void {
  useEffect(() => {
    const chat = box.current?.closest<HTMLElement>('.chat');
    if (!chat || !isOn) return;
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      chat.classList.add('is-dropping');
    };
    const onLeave = (event: DragEvent) => {
      const isInside = event.relatedTarget instanceof Node && chat.contains(event.relatedTarget);
      if (!isInside) chat.classList.remove('is-dropping');
    };
    const onDrop = (event: DragEvent) => {
      chat.classList.remove('is-dropping');
      const files = event.dataTransfer?.files;
      if (!files?.length) return;
      event.preventDefault();
      onFiles([...files]);
    };
    chat.addEventListener('dragover', onOver);
    chat.addEventListener('dragleave', onLeave);
    chat.addEventListener('drop', onDrop);
    return () => {
      chat.classList.remove('is-dropping');
      chat.removeEventListener('dragover', onOver);
      chat.removeEventListener('dragleave', onLeave);
      chat.removeEventListener('drop', onDrop);
    };
  });
}
