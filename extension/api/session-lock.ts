/** Held while the session or what is kept of it changes: signing in and out, a refresh, the list of targets. */
export const sessionLock = "sheaf/session";
