import type { ConversationView } from '../../schemas/inbox.ts';
import { useTexts } from '../shell/language.tsx';
import { TEXTS } from './texts.ts';

/** Whether long numbers are hidden, and the way to see them: each time is in the audit log. */
export function MaskLine(props: {
  chat: ConversationView;
  mayAnswer: boolean;
  setReveal: (isOn: boolean) => Promise<void>;
}) {
  const texts = useTexts(TEXTS);
  const { masked, attention } = props.chat;
  const mayReveal = props.mayAnswer && (attention.isMine || attention.status !== 'claimed');
  return (
    <div class="mask-line">
      {masked ? texts.masked : texts.revealed}{' '}
      {(mayReveal || !masked) && (
        <button type="button" class="link" onClick={() => props.setReveal(masked)}>
          {masked ? texts.reveal : texts.hide}
        </button>
      )}
    </div>
  );
}
