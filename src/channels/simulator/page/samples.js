/** Made-up attachments, drawn here: a photo of a family card, one of an identity card, a small PDF. */

/** A photo of a family card on a table: several hundred KB of JPEG, as a phone takes it. */
export function familyCardPhoto() {
  return photo('contoh-kk.jpg', { width: 1400, height: 960 }, (pen) => {
    paper(pen, { x: 120, y: 110, width: 1160, height: 740, colour: '#f3f1e6' });
    title(pen, 'KARTU KELUARGA', 700, 190);
    words(pen, 'No. 6408 0401 0120 0001  ·  CONTOH, BUKAN DOKUMEN', 700, 232, 24);
    for (let row = 0; row < 9; row += 1) {
      for (let column = 0; column < 6; column += 1) {
        pen.strokeRect(165 + column * 178, 290 + row * 52, 178, 52);
        if (row === 0) {
          pen.fillStyle = '#dfe8dc';
          pen.fillRect(166 + column * 178, 291, 176, 50);
        } else if (row < 5)
          scribble(pen, 178 + column * 178, 320 + row * 52, 60 + ((row * 37 + column * 53) % 80));
      }
    }
    scribble(pen, 960, 810, 220);
  });
}

/** A photo of an identity card. */
export function identityCardPhoto() {
  return photo('contoh-ktp.jpg', { width: 1200, height: 800 }, (pen) => {
    paper(pen, { x: 140, y: 120, width: 920, height: 560, colour: '#bcd9ea' });
    title(pen, 'PROVINSI CONTOH', 600, 185);
    words(pen, 'CONTOH, BUKAN DOKUMEN', 600, 225, 22);
    for (let row = 0; row < 8; row += 1) scribble(pen, 200, 300 + row * 44, 220 + ((row * 71) % 160));
    pen.fillStyle = '#c23b3b';
    pen.fillRect(800, 270, 200, 260);
    pen.fillStyle = '#3b3340';
    pen.beginPath();
    pen.arc(900, 360, 52, 0, 7);
    pen.arc(900, 540, 100, Math.PI, 0);
    pen.fill();
  });
}

/** A PDF of one page. */
export async function smallPdf() {
  const text =
    'BT /F1 20 Tf 72 760 Td (CONTOH DOKUMEN, BUKAN ASLI) Tj 0 -32 Td /F1 12 Tf (Dibuat oleh simulator Loket.) Tj ET';
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj${body}endobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = file.length;
  file += `xref\n0 6\n0000000000 65535 f \n${offsets.join('')}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return new File([file], 'contoh-dokumen.pdf', { type: 'application/pdf' });
}

async function photo(name, { width, height }, draw) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d');
  table(pen, width, height);
  pen.translate(width / 2, height / 2);
  pen.rotate(-0.018);
  pen.translate(-width / 2, -height / 2);
  draw(pen);
  pen.setTransform(1, 0, 0, 1, 0, 0);
  grain(pen, width, height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.86));
  return new File([blob], name, { type: 'image/jpeg' });
}

/** Wood, with the light from above left. */
function table(pen, width, height) {
  pen.fillStyle = '#8a6748';
  pen.fillRect(0, 0, width, height);
  for (let y = 0; y < height; y += 7) {
    pen.fillStyle = `rgba(60, 36, 18, ${0.05 + ((y * 13) % 11) / 90})`;
    pen.fillRect(0, y, width, 3);
  }
  const light = pen.createRadialGradient(
    width * 0.3,
    height * 0.2,
    60,
    width * 0.5,
    height * 0.5,
    width * 0.8,
  );
  light.addColorStop(0, 'rgba(255, 246, 224, .38)');
  light.addColorStop(1, 'rgba(20, 10, 0, .34)');
  pen.fillStyle = light;
  pen.fillRect(0, 0, width, height);
}

function paper(pen, { x, y, width, height, colour }) {
  pen.shadowColor = 'rgba(0, 0, 0, .5)';
  pen.shadowBlur = 38;
  pen.shadowOffsetY = 14;
  pen.fillStyle = colour;
  pen.fillRect(x, y, width, height);
  pen.shadowColor = 'transparent';
  pen.strokeStyle = 'rgba(40, 60, 50, .55)';
  pen.lineWidth = 1.5;
}

function title(pen, text, x, y) {
  words(pen, text, x, y, 46, 'bold');
}

function words(pen, text, x, y, size, weight = '') {
  pen.fillStyle = '#23302b';
  pen.textAlign = 'center';
  pen.font = `${weight} ${size}px sans-serif`;
  pen.fillText(text, x, y);
}

/** A written word that says nothing. */
function scribble(pen, x, y, length) {
  pen.fillStyle = 'rgba(35, 48, 60, .8)';
  for (let at = 0; at < length; at += 11) pen.fillRect(x + at, y - ((at * 7) % 5), 8, 9 + ((at * 3) % 4));
}

/** A camera's noise; it also makes the file as large as a real one. */
function grain(pen, width, height) {
  const pixels = pen.getImageData(0, 0, width, height);
  const { data } = pixels;
  let seed = 7;
  for (let at = 0; at < data.length; at += 4) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    const noise = ((seed >> 16) % 17) - 8;
    data[at] += noise;
    data[at + 1] += noise;
    data[at + 2] += noise;
  }
  pen.putImageData(pixels, 0, 0);
}
