import { useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';
import { type Binding, hasLetterKeys, setLetterKeys } from './keys.ts';
import { useWords } from './language.tsx';

const SIGNS: { [key: string]: string } = {
  'Alt+ArrowDown': 'Alt+↓',
  'Alt+ArrowUp': 'Alt+↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** The keys that were known when it was opened. */
export function KeysHelp({ known, onClose }: { known: readonly Binding[]; onClose: () => void }) {
  const { texts } = useWords();
  const [isOn, setOn] = useState(hasLetterKeys);
  const toggle = () => {
    setLetterKeys(!isOn);
    setOn(!isOn);
  };
  return (
    <Dialog title={texts.keys} onClose={onClose}>
      <label class="check">
        <input type="checkbox" checked={isOn} onChange={toggle} data-focus /> {texts.letterKeys}
      </label>
      <dl class="keys">
        {known
          .filter(({ words }) => words !== '')
          .map(({ keys, words }) => (
            <div key={keys}>
              <dt>
                {(SIGNS[keys] ?? keys).split(' ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
      </dl>
    </Dialog>
  );
}
