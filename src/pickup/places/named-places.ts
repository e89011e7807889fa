/** What the places of the office, and the kecamatan around them, are called. Pure. */
import { type NamedPlace, plainOf } from '../../flows/wish/find-place.ts';
import { mainPoint, type Office, type ServicePoint } from '../../office.ts';

/** How the main office is called everywhere. */
const MAIN = [
  'kantor',
  'kantor pusat',
  'kantor utama',
  'kantor dukcapil',
  'kantor disdukcapil',
  'dukcapil',
  'disdukcapil',
  'main office',
  'office',
];

/** What a point is, and not which. */
const KINDS =
  /\b(?:kantor|loket|pelayanan|layanan|kecamatan|kec|desa|kelurahan|balai|gerai|mobil|keliling|office|district|counter|service|village|disdukcapil|dukcapil)\b/g;

/** True for the kecamatan whose names are worth keeping: those of the regency, and those that office.yaml names. */
export function isNamedIn(office: Office): (code: string) => boolean {
  const named = new Set(Object.keys(office.districts));
  for (const { district, route = [] } of Object.values(office.points))
    for (const code of [district, ...route.map((stop) => stop.district)]) if (code) named.add(code);
  return (code) => named.has(code) || (office.regency !== undefined && code.startsWith(`${office.regency}.`));
}

/** The points of the office as it is now, and the kecamatan of `districts` (names by code). Made anew when the office changes. */
export function namePlaces(
  office: () => Office,
  districts: ReadonlyMap<string, string>,
): () => readonly NamedPlace[] {
  const kecamatan = [...districts].map(([district, name]): NamedPlace => {
    const plain = plainOf(name);
    const names = [plain, `kecamatan ${plain}`, plain.replaceAll(' ', '')];
    return { near: { district, name }, names: [...new Set(names)] };
  });
  let known: { of: Office; places: NamedPlace[] } | undefined;
  return () => {
    const now = office();
    if (known?.of !== now) known = { of: now, places: [...pointsOf(now, kecamatan), ...kecamatan] };
    return known.places;
  };
}

/** What is left of a name without its kind is a name too, where no kecamatan is called so. */
function pointsOf(office: Office, kecamatan: readonly NamedPlace[]): NamedPlace[] {
  const taken = new Set(kecamatan.flatMap(({ names }) => names));
  const main = mainPoint(office).id;
  return Object.entries(office.points).map(([point, of]): NamedPlace => {
    const names = namesOf(point, of).filter((name) => withoutKind(name) !== '');
    const short = names.map(withoutKind).filter((name) => name.length >= 4 && !taken.has(name));
    return {
      near: { point },
      names: [...new Set([...names, ...short])],
      ...(point === main ? { common: MAIN } : {}),
    };
  });
}

function withoutKind(name: string): string {
  return plainOf(name.replace(KINDS, ' '));
}

/** The id, the names, and their first letters where they are several words ("MPP"). */
function namesOf(id: string, { name }: ServicePoint): string[] {
  const words = [name.id, name.en].map(plainOf);
  const initials = words
    .map((one) => one.split(' '))
    .filter((parts) => parts.length >= 3)
    .map((parts) => parts.map((part) => part.slice(0, 1)).join(''));
  return [plainOf(id), ...words, ...initials];
}
