/** One conversation at each kind of question, on both channels, and in every room. */
import type { Content, Conversation, Event } from '../../src/conversation/types.ts';
import { choicesAt, say } from './answers.ts';
import { play, tell } from './play.ts';
import { NOW, newConversation, type Talking, take } from './world.ts';

/** Begins as nobody has written, and ends with chats that people have. */
export function standsOf(talking: Talking): Conversation[] {
  return (['whatsapp', 'sms'] as const).flatMap((channel) => {
    const found: Conversation[] = [newConversation(channel)];
    for (const wish of ['akta kelahiran', 'akta perceraian', 'ktp hilang']) {
      let { conversation } = tell(talking, newConversation(channel), say(wish));
      found.push(conversation);
      conversation = tell(talking, conversation, say('SETUJU')).conversation;
      for (;;) {
        found.push(conversation);
        const { service, step } = talking.describe(conversation, NOW);
        const form = talking.flows.services[service ?? ''];
        const question = form?.steps.find(({ id }) => id === step);
        if (!form || !question) break;
        const [choice] = choicesAt(form, question, conversation);
        conversation = tell(talking, conversation, choice?.content ?? say('')).conversation;
      }
      const filing = take(talking, conversation, messageOf(say('ya'))).conversation;
      const slot = tell(talking, conversation, say('ya')).conversation;
      const waiting = tell(talking, conversation, say('PETUGAS')).conversation;
      const claimed = play(talking, waiting, {
        type: 'operator.claim',
        operator: { id: 'o', name: 'Ani' },
      });
      found.push(filing, slot, waiting, claimed.conversation, tell(talking, slot, say('1')).conversation);
    }
    return found;
  });
}

/** As the engine hands it to the step. */
export function messageOf(content: Content): Event {
  return { type: 'citizen.message', id: 'm', at: NOW, content };
}
