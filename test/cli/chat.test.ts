import { describe, expect, it } from 'vitest';
import { type Chat, type OpenChat, runChat } from '../../src/cli/chat.ts';
import { memoryIo } from './memory-io.ts';

/** A service that repeats what it hears. */
function echo(log: string[]): OpenChat {
  return async ({ channel }) => {
    log.push(`open ${channel}`);
    let say: (text: string) => void = () => {};
    const chat: Chat = {
      send: async (text) => {
        if (text === 'rusak') throw new Error('broken');
        say(`kata ${text}`);
      },
      onReply: (listener) => {
        say = listener;
      },
      close: async () => {
        log.push('close');
      },
    };
    return chat;
  };
}

describe('runChat', () => {
  it('sends each line, writes the replies to standard output, and closes at the end', async () => {
    const io = memoryIo('halo\n\nakta\n');
    const log: string[] = [];
    await runChat(echo(log), { channel: 'sms' }, io);
    expect(io.out()).toBe('kata halo\n\nkata akta\n\n');
    expect(io.err()).toMatch(/citizen on sms/);
    expect(log).toEqual(['open sms', 'close']);
  });

  it('closes when something breaks', async () => {
    const log: string[] = [];
    await expect(runChat(echo(log), { channel: 'whatsapp' }, memoryIo('rusak\n'))).rejects.toThrow('broken');
    expect(log).toEqual(['open whatsapp', 'close']);
  });
});
