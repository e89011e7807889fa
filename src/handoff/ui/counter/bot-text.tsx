import type { ComponentChildren } from 'preact';

const BOLD = /\*([^*\n]+)\*/;

/** What the bot wrote, its bold words bold. */
export function BotText({ text }: { text: string }) {
  return <>{embolden(text)}</>;
}

function embolden(text: string): ComponentChildren[] {
  // Every second part is what stood between stars.
  return text.split(BOLD).map((part, index) => (index % 2 === 1 ? <strong>{part}</strong> : part));
}
