/** The fields of a letter. */
import type { ComponentChildren } from 'preact';
import type { PapersView } from '../../schemas/papers.ts';
import { useTexts } from '../shell/language.tsx';
import { PAPER_TEXTS } from './paper-texts.ts';

export interface LetterDraft {
  number: string;
  subject: string;
  to: string;
  body: string;
  /** An id of office.yaml, or title and name where it names nobody. */
  signer: string;
  title: string;
  name: string;
  isSent: boolean;
  isSigned: boolean;
  isVisible: boolean;
  nik: string;
  passphrase: string;
}

interface Fields {
  letter: PapersView['letter'];
  draft: LetterDraft;
  onChange: (fresh: Partial<LetterDraft>) => void;
}

export function LetterFields({ letter, draft, onChange }: Fields) {
  const texts = useTexts(PAPER_TEXTS);
  const line = (name: 'number' | 'subject' | 'to' | 'title' | 'name', label: string, isNeeded = true) => (
    <Labelled label={label}>
      <input
        type="text"
        maxLength={name === 'number' ? 80 : 200}
        required={isNeeded}
        autoComplete="off"
        value={draft[name]}
        onInput={({ currentTarget: { value } }) => onChange({ [name]: value })}
      />
    </Labelled>
  );
  return (
    <>
      {line('number', texts.number, false)}
      {line('subject', texts.subject)}
      {line('to', texts.to)}
      <Labelled label={texts.body} hint={texts.bodyHint}>
        <textarea
          rows={8}
          maxLength={6000}
          required
          value={draft.body}
          onInput={({ currentTarget: { value } }) => onChange({ body: value })}
        />
      </Labelled>
      {letter.signers.length > 0 ? (
        <Labelled label={texts.signer}>
          <select
            value={draft.signer}
            onChange={({ currentTarget: { value } }) => onChange({ signer: value })}
          >
            {letter.signers.map(({ id, title, name }) => (
              <option key={id} value={id}>
                {title}: {name}
              </option>
            ))}
          </select>
        </Labelled>
      ) : (
        <>
          {line('title', texts.signerTitle)}
          {line('name', texts.signerName)}
        </>
      )}
      {letter.signing !== null && <Signing letter={letter} draft={draft} onChange={onChange} />}
      <Check name={texts.send} isOn={draft.isSent} onTurn={(isSent) => onChange({ isSent })} />
    </>
  );
}

function Signing({ letter, draft, onChange }: Fields) {
  const texts = useTexts(PAPER_TEXTS);
  const isBsre = letter.signing === 'bsre';
  return (
    <>
      <Check name={texts.sign} isOn={draft.isSigned} onTurn={(isSigned) => onChange({ isSigned })} />
      {draft.isSigned && (
        <fieldset class="letter-signing">
          <legend>{texts.sign}</legend>
          <Check
            name={texts.visible}
            isOn={draft.isVisible}
            onTurn={(isVisible) => onChange({ isVisible })}
          />
          {isBsre && (
            <Labelled label={texts.nik}>
              <input
                type="text"
                inputMode="numeric"
                pattern="[0-9]{16}"
                maxLength={16}
                required
                autoComplete="off"
                value={draft.nik}
                onInput={({ currentTarget: { value } }) => onChange({ nik: value })}
              />
            </Labelled>
          )}
          <Labelled
            label={texts.passphrase}
            hint={isBsre ? texts.passphraseHint : `${texts.passphraseHint} ${texts.passphraseOptional}`}
          >
            <input
              type="password"
              maxLength={500}
              required={isBsre}
              autoComplete="off"
              value={draft.passphrase}
              onInput={({ currentTarget: { value } }) => onChange({ passphrase: value })}
            />
          </Labelled>
        </fieldset>
      )}
    </>
  );
}

function Labelled(props: { label: string; hint?: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label class="field">
      <span>{props.label}</span>
      {props.children}
      {props.hint && <small class="quiet">{props.hint}</small>}
    </label>
  );
}

function Check(props: { name: string; isOn: boolean; onTurn: (isOn: boolean) => void }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.isOn}
        onChange={({ currentTarget: { checked } }) => props.onTurn(checked)}
      />{' '}
      {props.name}
    </label>
  );
}
