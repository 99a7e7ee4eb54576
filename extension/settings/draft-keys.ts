/** Under which what is typed into a record and not sent is kept: whose it is comes next, a slash, and of which page. */
export const draftPrefix = "session:draft/";
/** Whose it is while nobody is signed in. */
export const guestsDraft = "guest";
