/**
 * How a section's messages lie in the browser's table: all of them as one message. Each entry of that table costs its key and its
 * braces anew in every language, as much as its text; and one that is read whole is looked up once for a page, not once a word.
 */

/** Between a section's messages. No text has it; the build makes sure. */
export const messageEnd = "|";

/** Between the forms of a message for counts, the common one first; those at the end that a language has not are left out. */
export const formEnd = "~";

export const formOrder = ["other", "one", "two", "few", "many", "zero"] as const;

/** The browser's table takes no dashes in its keys. */
export const tableKey = (section: string): string => section.replaceAll(/\W/g, "_");

/**
 * Where the names of a section's messages lie, in the order of its texts: in English alone, which the browser asks for whatever another
 * language has not.
 */
export const namesKey = (section: string): string => `${tableKey(section)}_names`;

/** Whether the server says something about an error by this code; what goes wrong on the device is said by a message from the start. */
export const isCodeOfServer = (code: string): boolean => !/^(client|outbox)\//.test(code);
