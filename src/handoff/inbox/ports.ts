/** What the inbox needs of the other rooms; main passes it. */
import type { Capabilities, Conversation, Understood } from '../../conversation/types.ts';
import type { Answer } from '../../flows/talk.ts';
import type { Template } from '../../office/templates.ts';

/** An application as it stands beside the chat of its applicant. `isElsewhere`: filed in another chat, with the same NIK. */
export interface CaseOf {
  number: string;
  title: string;
  state: string;
  dueAt: number;
  isElsewhere: boolean;
}

export interface InboxPorts {
  /** What the citizen's channel can do; undefined when its adapter is off. */
  capabilities: (conversation: Conversation) => Capabilities | undefined;
  /** Whether an SMS can be sent to the number that the citizen writes from. */
  canSms: (conversation: Conversation) => boolean;
  /** The templates that this chat's provider can send. */
  templatesFor: (conversation: Conversation) => readonly Template[];
  /** How a message was understood, in Indonesian. */
  understoodText: (understood: Understood) => string | undefined;
  /** Reads an answer as the bot would; `reason` are Indonesian words. No such question: `reason` is empty. */
  checkAnswer: (asked: {
    service: string;
    step: string;
    text: string;
  }) => { ok: true; answer: Answer } | { ok: false; reason: string };
  /** This citizen's applications, latest first. */
  casesOf: (conversation: Conversation) => Promise<CaseOf[]>;
  /** Applications by number (as people type it), NIK, KK number or words of a name; latest filed first. */
  findApplications: (text: string) => Promise<{ conversation: string }[]>;
  /** A mobile number as E.164; undefined when the text is none. */
  readPhone: (text: string) => string | undefined;
}
