/** Starts the service in this process for `loket chat`. */
import { AppError } from '../errors.ts';
import type { OpenChat } from './chat.ts';

/** Throws AppError REMOTE_UNAVAILABLE until the service is wired here. */
export const openChat: OpenChat = async () => {
  throw new AppError('REMOTE_UNAVAILABLE', { detail: 'loket chat is not connected yet; use the simulator' });
};
