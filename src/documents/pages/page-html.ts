/** One small template for all pages of citizens: no JavaScript needed, both languages, readable on an old phone. */
import { createHash } from 'node:crypto';
import type { Response } from 'express';
import type { Words } from '../papers/words.ts';

/** Text that is HTML already; everything else is escaped. */
export interface Html {
  html: string;
}

type Part = string | number | Html | Html[] | undefined;

/** Builds HTML; every value that is not HTML itself is escaped, in texts and in quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  const parts = strings.map((string, index) => string + toHtml(values[index]));
  return { html: parts.join('') };
}

function toHtml(value: Part): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => one.html).join('');
  if (typeof value === 'object') return value.html;
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A paragraph in both languages. */
export function both(words: Words): Html {
  return html`<p>${words.id} <span class="en" lang="en">${words.en}</span></p>`;
}

const STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#eef3f7;color:#1a2330;font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header{background:#0f3d63;color:#fff;padding:14px 20px;font-weight:600}
main{max-width:32rem;margin:20px auto;padding:22px 20px;background:#fff;border-radius:10px;border:1px solid #d5dde5}
h1{font-size:1.4rem;line-height:1.25;margin:0 0 14px}
p{margin:0 0 14px}
.en{display:block;color:#5b6775;font-size:.83em;font-weight:400}
.mark{font-size:1.05rem;font-weight:600;padding:12px 14px;border-radius:8px;margin:0 0 16px}
.mark p:last-child{margin:0}
.good{background:#e5f4ea;color:#0f5a2c}
.old{background:#fdf4e7;color:#7a3b00}
.bad{background:#fdeaea;color:#8d1616}
label{display:block;font-weight:600;margin:0 0 16px}
input{display:block;width:100%;margin-top:6px;padding:12px;font:inherit;border:1px solid #7c8a99;border-radius:8px;background:#fff}
input[name=pin]{font-size:1.5rem;letter-spacing:.2em;max-width:12rem}
button{display:block;width:100%;padding:14px;font:inherit;font-weight:600;color:#fff;background:#0f3d63;border:0;border-radius:8px}
button:focus-visible,input:focus-visible,.js .pick:focus-within{outline:3px solid #e59b1c;outline-offset:2px}
button[disabled]{background:#5b6775}
.js .pick{position:relative;overflow:hidden;padding:12px 14px;text-align:center;border:2px solid #0f3d63;border-radius:8px;color:#0f3d63}
.js .pick input{position:absolute;left:0;top:0;width:100%;height:100%;margin:0;padding:0;opacity:0}
form{margin:0 0 16px}
#files{list-style:none;margin:0;padding:0 0 12px}
#files li{display:flex;padding:12px 0;border-top:1px solid #d5dde5}
#files .thumb{flex:none;width:64px;height:64px;margin-right:12px;border-radius:6px;background:#eef3f7;color:#5b6775;font-size:.8rem;line-height:64px;text-align:center;overflow:hidden}
#files .about{flex:1;min-width:0;overflow-wrap:anywhere}
#files .about p{margin:0}#files .refused,#files .refused .en{color:#8d1616}#files .done{color:#0f5a2c}
#files progress{display:block;width:100%;height:12px;margin:6px 0}
#files button{display:inline-block;width:auto;min-height:44px;margin:6px 8px 0 0;padding:8px 14px;color:#0f3d63;background:#fff;border:1px solid #0f3d63;font-size:.9rem}
#say:not(:empty){margin:12px 0;padding:12px 14px;border-radius:8px;background:#eef3f7}#say p{margin:0}
#say.bad{background:#fdeaea;color:#8d1616}#say.bad .en{color:#8d1616}
dl{margin:0 0 16px}dt{color:#5b6775;font-size:.85em}dd{margin:0 0 10px;font-weight:600;overflow-wrap:anywhere}
footer{max-width:32rem;margin:0 auto 24px;padding:0 20px;color:#5b6775;font-size:.85em}
@media(max-width:34rem){main{margin:0;border:0;border-radius:0}footer{padding-top:16px}}
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** For everything that a personal link leads to: kept nowhere, found nowhere, framed nowhere, told nowhere. */
export const PRIVATE_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow',
} as const;

/** The upload page's script is a file of ours; it speaks to us only, and shows the photos that it is given. */
const SCRIPT_RULES = "; script-src 'self'; connect-src 'self'; img-src blob:";

export interface Page {
  status: number;
  title: Words;
  body: Html;
  /** Default `false`: nothing may run. */
  hasScript?: true;
}

/** Sends a page with its headers; `office` is the name at its top. */
export function sendPage(response: Response, office: string, { status, title, body, hasScript }: Page): void {
  const page = html`<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${title.id}</title>${{ html: `<style>${STYLE}</style>` }}</head>
<body><header>${office}</header><main><h1>${title.id} <span class="en" lang="en">${title.en}</span></h1>
${body}</main><footer>${both(FOOTER)}</footer></body></html>
`;
  response.status(status).set(PRIVATE_HEADERS).type('html');
  if (hasScript) {
    const rules = PRIVATE_HEADERS['Content-Security-Policy'];
    response.set('Content-Security-Policy', rules + SCRIPT_RULES);
  }
  response.send(page.html);
}

const FOOTER: Words = {
  id: 'Semua layanan gratis. Petugas tidak pernah meminta uang atau OTP, dan tidak pernah mengirim aplikasi (APK).',
  en: 'All services are free. Our staff never ask for money or an OTP, and never send an app (APK).',
};
