/**
 * Ten digits of one stroke's width, drawn after the shapes of OCR-A (ISO 1073-1), in which identity cards print the NIK.
 * Our own drawing: no open package has the font. Each is 6 wide and 10 high, as an SVG path; printers differ, so there
 * are two drawings, and the sheet varies weight, width and step besides.
 */
export const DIGITS: Readonly<Record<'angular' | 'round', Readonly<Record<string, string>>>> = {
  angular: {
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
  },
  round: {
    '0': 'M3 0 Q6 0 6 3 V7 Q6 10 3 10 Q0 10 0 7 V3 Q0 0 3 0 Z',
    '1': 'M1.2 0.4 H3.1 V10 M1 10 H5.2 Q5.6 10 5.6 8',
    '2': 'M0.4 0 H4.4 Q5.8 0 5.8 1.4 V3.6 Q5.8 5 4.4 5 H1.6 Q0.2 5 0.2 6.4 V10 H5.8',
    '3': 'M0.6 0 H4.4 Q5.3 0 5.3 1 V4.8 H1.8 M5.3 4.8 Q6 5 6 6 V8.6 Q6 10 4.6 10 H0.2',
    '4': 'M0.5 0 V5 Q0.5 6.2 1.6 6.2 H5.9 M4.5 3.6 V10',
    '5': 'M5.4 0 H0.6 V4.3 H4 Q6 4.3 6 6.4 V7.9 Q6 10 4 10 H0.2',
    '6': 'M1 0 Q0.2 1.4 0.2 3 V10 H4.6 Q5.8 10 5.8 8.8 V5.9 Q5.8 4.7 4.6 4.7 H0.2',
    '7': 'M0.3 1.2 V0 H5.7 V2 Q5.7 3.4 4.4 4.4 Q3 5.6 3 7.2 V10',
    '8': 'M1.8 0 H4.2 Q5 0 5 0.8 V4.6 H1 V0.8 Q1 0 1.8 0 Z M1 4.6 Q0.1 4.9 0.1 6 V9 Q0.1 10 1.1 10 H4.9 Q5.9 10 5.9 9 V6 Q5.9 4.9 5 4.6',
    '9': 'M5.7 5.2 H1.4 Q0.3 5.2 0.3 4.1 V1.1 Q0.3 0 1.4 0 H4.6 Q5.7 0 5.7 1.1 V10',
  },
};
export interface DigitStyle {
  drawing: keyof typeof DIGITS;
  /** Of the stroke, in tenths of the height. */
  weight: number;
  /** 1: 6 wide for 10 high. */
  stretch: number;
  /** From digit to digit, in heights. */
  step: number;
}
