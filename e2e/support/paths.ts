import { fileURLToPath } from "node:url";

/** Absolute path of the checkout, with a trailing slash. */
export const repositoryRoot = fileURLToPath(new URL("../../", import.meta.url));

/** Absolute path of something in the checkout. */
export const inRepository = (path: string): string => repositoryRoot + path;

/** The artefact that is tested, zipped and loaded by hand. */
export const builtExtension = inRepository("dist/chrome-mv3");

/** The same for Firefox. */
export const builtForFirefox = inRepository("dist/firefox-mv3");

/** Logs, reports and screenshots of a run; git ignores it. */
export const testResults = inRepository("test-results");
