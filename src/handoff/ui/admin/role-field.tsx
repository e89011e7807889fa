import { useTexts } from '../shell/language.tsx';
import { Labelled } from '../shell/page.tsx';
import type { Role } from './admin-api.ts';
import { ADMIN_TEXTS, ROLE_NAMES } from './texts.ts';

/** Which role, with what it may do. */
export function RoleField(props: { role: Role; onRole: (role: Role) => void }) {
  const texts = useTexts(ADMIN_TEXTS);
  const names = useTexts(ROLE_NAMES);
  return (
    <Labelled id="role" label={texts.role} hint={names[props.role].does}>
      <select
        id="role"
        aria-describedby="role-hint"
        value={props.role}
        onChange={({ currentTarget }) => props.onRole(currentTarget.value as Role)}
      >
        {Object.entries(names).map(([role, { name }]) => (
          <option key={role} value={role}>
            {name}
          </option>
        ))}
      </select>
    </Labelled>
  );
}
