/**
 * Microsoft's Bot Framework as its samples set it up: express, CloudAdapter, a waterfall of prompts, MemoryStorage.
 * Nothing it keeps outlives the process. It answers the call when the reply has been sent.
 */
import { createServer } from 'node:http';
import express from 'express';
import { type Child, listening } from '../child.ts';
import { requirePeer } from '../peers.ts';
import { QUESTIONS } from '../questions.ts';

type Answers = { [name: string]: string };
type Logic = (context: object) => Promise<void>;
interface StepContext {
  context: object;
  result?: string;
  prompt(dialog: string, options: { prompt: string; retryPrompt: string; validations: number }): unknown;
}
interface Dialogs {
  add(dialog: object): void;
  createContext(context: object): Promise<{
    continueDialog(): Promise<{ status: string }>;
    beginDialog(id: string): Promise<unknown>;
  }>;
}
interface BotBuilder {
  CloudAdapter: new (
    auth: object,
  ) => { process(request: object, response: object, logic: Logic): Promise<void> };
  ConfigurationBotFrameworkAuthentication: new (settings: object) => object;
  MemoryStorage: new () => object;
  ConversationState: new (storage: object) => State;
  UserState: new (storage: object) => State;
}
interface State {
  createProperty(name: string): { get(context: object, initial: Answers): Promise<Answers> };
  saveChanges(context: object): Promise<void>;
}
interface BotBuilderDialogs {
  DialogSet: new (state: object) => Dialogs;
  WaterfallDialog: new (id: string, steps: ((step: StepContext) => unknown)[]) => object;
  TextPrompt: new (id: string, validator: (prompt: Prompt) => Promise<boolean>) => object;
}
type Prompt = { recognized: { value: string }; options: { validations: number } };

/** Answers `answers` with the most answers that it has kept for anybody. */
export async function start(): Promise<Child> {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication, ...parts } =
    requirePeer<BotBuilder>('botbuilder');
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const bot = createBot(parts);
  const app = express();
  app.use(express.json());
  app.post('/webhooks/twilio', (request, response) => adapter.process(request, response, bot.turn));
  return { ...(await listening(createServer(app))), ask: async () => bot.kept() };
}

function createBot(parts: Pick<BotBuilder, 'MemoryStorage' | 'ConversationState' | 'UserState'>) {
  const { DialogSet, WaterfallDialog, TextPrompt } = requirePeer<BotBuilderDialogs>('botbuilder-dialogs');
  const storage = new parts.MemoryStorage();
  const conversation = new parts.ConversationState(storage);
  const user = new parts.UserState(storage);
  const profile = user.createProperty('profile');
  const dialogs = new DialogSet(conversation.createProperty('dialog'));
  dialogs.add(
    // What a prompt is given is stored as JSON, so it gets the number of its question.
    new TextPrompt('text', async ({ recognized, options }) =>
      Boolean(QUESTIONS[options.validations]?.form.test(recognized.value)),
    ),
  );
  let most = 0;
  dialogs.add(new WaterfallDialog('akta-kelahiran', QUESTIONS.map(stepOf)));

  /** Keeps the answer to the question before, and asks the next one. */
  function stepOf({ text }: (typeof QUESTIONS)[number], index: number) {
    return async (step: StepContext) => {
      const before = QUESTIONS[index - 1];
      if (before) {
        const answers = await profile.get(step.context, {});
        answers[before.name] = String(step.result);
        most = Math.max(most, Object.keys(answers).length);
      }
      return step.prompt('text', { prompt: text, retryPrompt: text, validations: index });
    };
  }

  return {
    kept: () => most,
    turn: async (context: object) => {
      const dialog = await dialogs.createContext(context);
      const { status } = await dialog.continueDialog();
      if (status === 'empty') await dialog.beginDialog('akta-kelahiran');
      await conversation.saveChanges(context);
      await user.saveChanges(context);
    },
  };
}
