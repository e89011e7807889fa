/** `loket chat`: the conversation in the terminal. */
import type { ChannelKind } from '../conversation/types.ts';
import { type Io, print, readLines } from './io.ts';

/** One citizen's phone, talking to a service in this process. */
export interface Chat {
  /** Resolves when the message is done and everything that follows from it at once has been said. */
  send(text: string): Promise<void>;
  /** Hears everything that is said to the citizen, in order. */
  onReply(listener: (text: string) => void): void;
  close(): Promise<void>;
}

/** Starts what the talk needs; wired in src/cli.ts. */
export type OpenChat = (options: { channel: ChannelKind }) => Promise<Chat>;

/** Talks until the input ends. Replies go to `output`; what is typed is not repeated. */
export async function runChat(openChat: OpenChat, options: { channel: ChannelKind }, io: Io): Promise<void> {
  const chat = await openChat(options);
  try {
    chat.onReply((text) => print(io.output, `${text}\n`));
    print(io.errors, `You are a citizen on ${options.channel}. Type a message; Ctrl-D ends.`);
    for await (const line of readLines(io.input)) {
      if (line.trim() !== '') await chat.send(line);
    }
  } finally {
    await chat.close();
  }
}
