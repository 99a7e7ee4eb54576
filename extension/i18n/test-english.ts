/** Loaded before every test (bunfig.toml): the browser's messages, in English, as the build writes them. */
import { join } from "node:path";
import { builtMessages } from "./build-locales.ts";

const english = builtMessages(join(import.meta.dir, "../locales"), "en");

/** As much of `chrome.i18n` as is used; for a test that puts a browser of its own in the place of `chrome`. */
export const englishMessages = {
	getMessage: (key: string): string => english[key]?.message.replaceAll("$$", "$") ?? "",
	getUILanguage: (): string => "en-GB",
};

Object.assign(globalThis, { chrome: { i18n: englishMessages } });
