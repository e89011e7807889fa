/**
 * A form that the citizen signs: made when its question comes up, and sent with the question. Where files cannot go out the
 * step drops the effect (conversation/step.ts), and the question is asked as it stands.
 */
import type { Json } from '../json.ts';
import { type Args, effect, only, prompt, remember, say } from './actions.ts';
import { answersThatCount } from './conditions.ts';
import type { Service, Step } from './schema.ts';

interface FormPlace {
  /** The service's id. */
  id: string;
  service: Service;
  step: Step;
}

/** At the entry of a question: its form is asked for, and the question waits for it (`Talk.formFor`). */
export function askForForm({ id, service, step }: FormPlace) {
  if (step.ask !== 'document' || step.form === undefined) return [];
  const { form } = step;
  // Who comes back without a word asks nothing anew.
  const mayCome = ({ context, event }: Args) => context.draft !== undefined && event.type !== 'HUNG_UP';
  return [
    remember((args) => ({ formFor: mayCome(args) ? step.id : undefined })),
    effect('form', (args) => {
      const { draft, correcting } = args.context;
      if (!mayCome(args) || draft === undefined) return null;
      return {
        ...{ step: step.id, service: id, form, draft },
        ...(correcting ? { application: correcting.number } : {}),
        answers: answersThatCount(service, args.context, args.event.at) as unknown as Json,
      };
    }),
  ];
}

/** What comes of it: a form that was not sent goes with the question, else the question stands alone. */
export function formEvents(step: Step) {
  const made = ({ event }: Args) => only(event, 'form.done').result;
  const isMine = (args: Args) => made(args).step === step.id && args.context.formFor === step.id;
  const isNew = (args: Args) => {
    const { file } = made(args);
    return file !== null && args.context.forms?.[step.id] !== file.file;
  };
  return {
    'form.done': [
      {
        guard: (args: Args) => isMine(args) && isNew(args),
        actions: [
          remember((args) => ({
            formFor: undefined,
            forms: { ...args.context.forms, [step.id]: made(args).file?.file ?? '' },
          })),
          say('formToSign', undefined, (args) => [{ ...made(args).file }]),
        ],
      },
      { guard: isMine, actions: [remember(() => ({ formFor: undefined })), prompt] },
    ],
  };
}
