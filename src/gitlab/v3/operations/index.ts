import type { Handlers } from "../http/context.ts";
import * as emails from "./emails.ts";
import * as events from "./events.ts";
import * as keys from "./keys.ts";
import * as session from "./session.ts";
import * as users from "./users.ts";
import * as administration from "./users-administration.ts";

/** The table of contents: every operation of the document and the function that answers it. */
export const operations: Handlers = {
  // users
  listUsers: users.listUsers,
  getUser: users.getUser,
  createUser: administration.createUser,
  updateUser: administration.updateUser,
  deleteUser: administration.deleteUser,
  blockUser: users.blockUser,
  unblockUser: users.unblockUser,

  // user, session
  getCurrentUser: users.getCurrentUser,
  createSession: session.createSession,

  // keys
  listCurrentUserKeys: keys.listCurrentUserKeys,
  getCurrentUserKey: keys.getCurrentUserKey,
  addCurrentUserKey: keys.addCurrentUserKey,
  deleteCurrentUserKey: keys.deleteCurrentUserKey,
  listUserKeys: keys.listUserKeys,
  addUserKey: keys.addUserKey,
  deleteUserKey: keys.deleteUserKey,

  // emails
  listCurrentUserEmails: emails.listCurrentUserEmails,
  getCurrentUserEmail: emails.getCurrentUserEmail,
  addCurrentUserEmail: emails.addCurrentUserEmail,
  deleteCurrentUserEmail: emails.deleteCurrentUserEmail,
  listUserEmails: emails.listUserEmails,
  addUserEmail: emails.addUserEmail,
  deleteUserEmail: emails.deleteUserEmail,

  // events
  listUserEvents: events.listUserEvents,
};
