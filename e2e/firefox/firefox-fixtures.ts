import { test as base } from "../fixtures.ts";
import { openDisplay } from "../support/display.ts";
import { findProgram } from "../support/find-browser.ts";
import { type Hands, handsOn } from "../support/hands.ts";
import { FirefoxPopup } from "./firefox-popup.ts";
import { findFirefox, launchFirefox, type SheafFirefox } from "./launch-firefox.ts";

/** A Firefox on a screen with somebody's hands at it; `popup` is its toolbar popup, once opened. */
type TouchableFirefox = { firefox: SheafFirefox; hands: Hands; popup: FirefoxPopup };

export const test = base.extend<{ touchableFirefox: TouchableFirefox }>({
	touchableFirefox: async ({ stand }, use, info) => {
		const absent = findFirefox() === null || ["Xvfb", "xdotool"].some((program) => findProgram(program) === null);
		info.skip(absent, "Firefox, Xvfb or xdotool is not installed here");
		const display = await openDisplay();
		const firefox = await launchFirefox({ serverUrl: stand.proxy.url, display: display.name });
		const hands = handsOn(display);
		await use({ firefox, hands, popup: new FirefoxPopup(await firefox.openExtensionPage("options.html"), hands) });
		await firefox.close();
		await display.close();
	},
});

export { expect } from "@playwright/test";
