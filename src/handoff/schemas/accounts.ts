/** Shapes of logging in, of the own account, and of everybody's. */
import { z } from 'zod';
import { id, operatorRef, time } from './basics.ts';

export const ROLES = ['operator', 'verifier', 'supervisor', 'admin', 'auditor'] as const;

const code = z.string().regex(/^\d{6}$/);

export const loginSchema = z.strictObject({
  username: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
  /** Six digits of the authenticator, when the account has one. */
  code: code.optional(),
});

export const passwordSchema = z.strictObject({
  old: z.string().min(1).max(200),
  new: z.string().min(1).max(200),
});

export const meSchema = z.object({
  operator: z.object({
    id,
    username: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    hasTotp: z.boolean(),
  }),
  mustChangePassword: z.boolean(),
  /** What the role may do (accounts/roles.ts); the web app hides the rest. */
  permissions: z.array(z.string()),
  /** Sent back as header `X-CSRF-Token` with everything that changes something. */
  csrf: z.string(),
  expiresAt: time,
  office: z.object({
    name: z.string(),
    timeZone: z.string(),
    /** Canned replies of office.yaml; `{...}` are filled in by the web app. */
    replies: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })),
    /** Messages that WhatsApp has approved, for chats whose 24 hours are over; `fields` are to be filled in. */
    templates: z.array(
      z.object({ id: z.string(), title: z.string(), text: z.string(), fields: z.array(z.string()) }),
    ),
    services: z.array(z.object({ id: z.string(), title: z.string() })),
  }),
});

/** Begin of a second factor: shown once, and in force when confirmed by a code. */
export const totpSchema = z.object({
  secret: z.string(),
  /** `otpauth://totp/...`, for a QR code. */
  uri: z.string(),
  /** The QR code as an SVG path in a box of `size` modules. */
  qr: z.object({ size: z.number().int(), path: z.string() }),
});
export const totpBeginSchema = z.strictObject({ password: z.string().min(1).max(200) });
export const totpConfirmSchema = z.strictObject({ secret: z.string().min(1).max(100), code });

export const accountSchema = z.object({
  id,
  username: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  disabled: z.boolean(),
  hasTotp: z.boolean(),
  mustChangePassword: z.boolean(),
  lockedUntil: time.nullable(),
  createdAt: time,
});
export const accountsSchema = z.object({ now: time, accounts: z.array(accountSchema) });
export const newAccountSchema = z.strictObject({
  username: z
    .string()
    .trim()
    .min(3)
    .max(40)
    .regex(/^[a-z0-9._-]+$/i),
  name: z.string().trim().min(1).max(80),
  role: z.enum(ROLES),
});
export const accountChangeSchema = z.strictObject({
  name: z.string().trim().min(1).max(80).optional(),
  role: z.enum(ROLES).optional(),
  disabled: z.boolean().optional(),
  /** Takes the second factor away (a lost phone). */
  totp: z.literal(false).optional(),
});
/** A one-time password: shown to the one who asked, kept nowhere. */
export const oneTimePasswordSchema = z.object({ account: accountSchema, password: z.string() });

/** Whom a chat or a request can be given to. */
export const colleaguesSchema = z.object({
  colleagues: z.array(operatorRef.extend({ role: z.enum(ROLES), isHere: z.boolean() })),
});

export type Me = z.infer<typeof meSchema>;
export type Totp = z.infer<typeof totpSchema>;
export type Account = z.infer<typeof accountSchema>;
export type Accounts = z.infer<typeof accountsSchema>;
export type Colleague = z.infer<typeof colleaguesSchema>['colleagues'][number];
