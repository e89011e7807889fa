/** What Twilio posts: names with one or more values, in the order they came. */
export type Form = ReadonlyMap<string, readonly string[]>;

/**
 * Reads `application/x-www-form-urlencoded`. Takes anything and never throws: a wrong escape stays as it is, bytes
 * that are no UTF-8 become U+FFFD. One pass, so that a body of ten thousand names costs no more than its length.
 */
export function parseForm(body: string): Form {
  const form = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(body)) {
    const values = form.get(name);
    if (values) values.push(value);
    else form.set(name, [value]);
  }
  return form;
}

/** The first value that is not empty among these names; '' when there is none. */
export function field(form: Form, ...names: string[]): string {
  for (const name of names) {
    const value = form.get(name)?.find((each) => each !== '');
    if (value !== undefined) return value;
  }
  return '';
}
