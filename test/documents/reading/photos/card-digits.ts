/**
 * Ten digits of one stroke's width, drawn after the shapes of OCR-A (ISO 1073-1), in which identity cards print the NIK.
 * Our own drawing: no open package has the font. Each is 6 wide and 10 high, as an SVG path of lines.
 */
export const DIGITS: Readonly<Record<string, string>> = {
  '0': 'M1.4 0 H4.6 L6 1.6 V8.4 L4.6 10 H1.4 L0 8.4 V1.6 Z',
  '1': 'M0.9 0 H3 V10 M0.6 10 H5.6 V7.4',
  '2': 'M0.2 0 H5.8 V4.8 H0.2 V10 H5.8',
  '3': 'M0.4 0 H5.2 V4.6 H1.6 M5.2 4.6 L6 5.6 V10 H0.2',
  '4': 'M0.3 0 V6 H5.9 M4.3 3.2 V10',
  '5': 'M5.6 0 H0.4 V4.4 H4.6 L5.9 5.8 V8.6 L4.6 10 H0.2',
  '6': 'M0.6 0 L0.2 1 V10 H5.8 V4.8 H0.2',
  '7': 'M0.2 1.4 V0 H5.8 V2.6 L3 5.8 V10',
  '8': 'M1 0 H5 V4.6 H1 Z M1 4.6 L0.1 5.6 V10 H5.9 V5.6 L5 4.6',
  '9': 'M5.8 5 H0.2 V0 H5.8 V10',
};
