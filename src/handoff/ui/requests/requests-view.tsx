/** Requests (permohonan): the list at `#/requests`, one of them at `#/requests/<number>`. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Colleague } from '../../schemas/accounts.ts';
import { useTexts } from '../shell/language.tsx';
import type { ViewProps } from '../shell/view.ts';
import { RequestList } from './request-list.tsx';
import { RequestPage } from './request-page.tsx';
import { listColleagues } from './requests-api.ts';
import { REQUEST_TEXTS } from './texts.ts';
import './requests.css';

export function RequestsView(props: ViewProps) {
  const texts = useTexts(REQUEST_TEXTS);
  const colleagues = useColleagues();
  const last = useRef<string>(undefined);
  const number = props.rest;
  useEffect(() => {
    if (number !== '') last.current = number;
  }, [number]);
  return (
    <div class="requests-view">
      {number === '' ? (
        <RequestList {...props} colleagues={colleagues} last={last.current} />
      ) : (
        <RequestPage key={number} {...props} number={number} colleagues={colleagues} />
      )}
      <span class="hidden" aria-live="polite">
        {number === '' ? texts.title : number}
      </span>
    </div>
  );
}

/** Without them nothing is given away, and everything else works. */
function useColleagues(): Colleague[] {
  const [colleagues, setColleagues] = useState<Colleague[]>([]);
  useEffect(() => {
    listColleagues().then(setColleagues, () => {});
  }, []);
  return colleagues;
}
