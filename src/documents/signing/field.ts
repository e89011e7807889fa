/** The field that holds a signature (ISO 32000-1, 12.7.4.5 and 12.8.1), with its place kept free until it is made. */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { drawForPdf, type SignatureText, wordsOf } from './appearance.ts';
import { type PdfObject, type Revisable, revise } from './revision.ts';
import type { SigningAct } from './signer.ts';

/** As @signpdf looks for it, to write the true range over it. */
const RANGE_TO_COME = '/ByteRange [0 /********** /********** /**********]';

/** Where the signature is to be seen. */
type Place = NonNullable<SigningAct['visible']>;

/** The PDF with an empty signature field of `room` bytes. Without `place` nothing is seen of it. */
export function addSignatureField(
  pdf: Buffer,
  { text, place, room }: { text: SignatureText; place: Place | undefined; room: number },
): Buffer {
  const revision = revise(pdf);
  const page = pageOf(revision, place?.page ?? 1);
  const [signature, widget, form, element] = [0, 1, 2, 3].map((more) => revision.next + more) as Four;
  const structure = place && structureOf(revision, { element, widget, page, alt: wordsOf(text) });
  const objects: PdfObject[] = [
    withLine(revision, revision.root, `/AcroForm << /Fields [${widget} 0 R] /SigFlags 3 >>`),
    withAnnotation(revision, page, widget),
    { number: signature, body: signatureBody(text, room) },
    { number: widget, body: widgetBody({ signature, page, form, place, text, key: structure?.key }) },
    ...(place && structure ? [formBody(form, text, place), ...structure.objects] : []),
  ];
  return revision.append(objects, idOf(pdf, text));
}

type Four = [number, number, number, number];

/** pdfkit keeps all pages in one list. */
function pageOf(revision: Revisable, page: number): number {
  const pages = numberIn(revision.dictionaryOf(revision.root), /\/Pages (\d+) 0 R/);
  const kids = /\/Kids \[([^\]]*)\]/.exec(revision.dictionaryOf(pages))?.[1] ?? '';
  const found = [...kids.matchAll(/(\d+) 0 R/g)].at(page - 1)?.[1];
  if (found === undefined) throw new Error(`the paper has no page ${page}`);
  return Number(found);
}

function withLine(revision: Revisable, number: number, line: string): PdfObject {
  return { number, body: `<<${revision.dictionaryOf(number)}${line}\n>>` };
}

function withAnnotation(revision: Revisable, page: number, widget: number): PdfObject {
  const dictionary = revision.dictionaryOf(page);
  if (!dictionary.includes('/Annots')) return withLine(revision, page, `/Annots [${widget} 0 R]`);
  return { number: page, body: `<<${dictionary.replace(/\/Annots \[/, `/Annots [${widget} 0 R `)}>>` };
}

function signatureBody({ name, reason, at }: SignatureText, room: number): string {
  const who = name === undefined || name === '' ? '' : `/Name ${textString(name)}\n`;
  return `<<
/Type /Sig
/Filter /Adobe.PPKLite
/SubFilter /ETSI.CAdES.detached
${RANGE_TO_COME}
/Contents <${'0'.repeat(room * 2)}>
/M (D:${new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z)
${who}/Reason ${textString(reason)}
>>`;
}

function widgetBody(of: {
  signature: number;
  page: number;
  form: number;
  place: Place | undefined;
  text: SignatureText;
  key: number | undefined;
}): string {
  const { place } = of;
  const rectangle = place ? [place.x, place.y, place.x + place.width, place.y + place.height] : [0, 0, 0, 0];
  const seen = place ? `/AP << /N ${of.form} 0 R >>\n/StructParent ${of.key}\n` : '';
  // Flags (12.5.3): printed, and not to be moved.
  return `<<
/Type /Annot
/Subtype /Widget
/FT /Sig
/T (Signature1)
/TU ${textString(wordsOf(of.text))}
/F 132
/V ${of.signature} 0 R
/P ${of.page} 0 R
/Rect [${rectangle.join(' ')}]
${seen}>>`;
}

function formBody(number: number, text: SignatureText, place: Place): PdfObject {
  const stream = deflateSync(Buffer.from(drawForPdf(text, place), 'latin1')).toString('latin1');
  const box = `/BBox [0 0 ${place.width} ${place.height}]`;
  const head = `/Type /XObject /Subtype /Form ${box} /Resources << >>`;
  return {
    number,
    body: `<< ${head} /Filter /FlateDecode /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
  };
}

/** What is seen must be in the tree of tags too, or a reader aloud passes it by (14.7.4.4). */
function structureOf(
  revision: Revisable,
  { element, widget, page, alt }: { element: number; widget: number; page: number; alt: string },
): { key: number; objects: PdfObject[] } {
  const root = numberIn(revision.dictionaryOf(revision.root), /\/StructTreeRoot (\d+) 0 R/);
  const tree = revision.dictionaryOf(root);
  const key = numberIn(tree, /\/ParentTreeNextKey (\d+)/);
  const top = numberIn(tree, /\/K \[(\d+) 0 R/);
  const entered = tree.replace(
    /\]\s*>>\s*\/ParentTreeNextKey \d+/,
    `${key} ${element} 0 R\n]\n>>\n/ParentTreeNextKey ${key + 1}`,
  );
  const document = revision.dictionaryOf(top).replace(/\/K \[([^\]]*)\]/, `/K [$1 ${element} 0 R]`);
  const kid = `<< /Type /OBJR /Obj ${widget} 0 R /Pg ${page} 0 R >>`;
  return {
    key,
    objects: [
      { number: root, body: `<<${entered}>>` },
      { number: top, body: `<<${document}>>` },
      {
        number: element,
        body: `<< /Type /StructElem /S /Form /P ${top} 0 R /Alt ${textString(alt)} /K ${kid} >>`,
      },
    ],
  };
}

function numberIn(dictionary: string, pattern: RegExp): number {
  const found = pattern.exec(dictionary)?.[1];
  if (found === undefined)
    throw new Error(`a PDF that is not of pdfkit's form: ${pattern.source} is not in it`);
  return Number(found);
}

/** UTF-16 in hex (7.9.2.2): every character, and nothing to escape. */
function textString(text: string): string {
  return `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
}

/** Each revision has an id of its own (14.4); the same signing of the same paper has the same. */
function idOf(pdf: Buffer, { at, reason }: SignatureText): string {
  return createHash('sha256').update(pdf).update(`${at} ${reason}`).digest('hex').slice(0, 32);
}
