import { isRightToLeft, locale } from "../../i18n/locale.ts";
import buttons from "../styles/buttons.css?inline";
import forms from "../styles/forms.css?inline";
import inputs from "../styles/inputs.css?inline";
import layers from "../styles/layers.css?inline";
import picker from "../styles/picker.css?inline";
import reset from "../styles/reset.css?inline";
import tokens from "../styles/tokens.css?inline";
import { pickerWords } from "../words/picker.ts";

/** The document that the picker is drawn in, over the page. */
export type PickerFrame = { root: HTMLElement; host: HTMLElement; close: () => void };

const hostName = "sheaf-picker";

const overAll: Readonly<Record<string, string>> = {
	all: "initial",
	position: "fixed",
	inset: "0",
	margin: "0",
	padding: "0",
	border: "0",
	width: "100%",
	height: "100%",
	"max-width": "none",
	"max-height": "none",
	background: "transparent",
	display: "block",
	"z-index": "2147483647",
	// A frame of another scheme than the page around it gets an opaque ground.
	"color-scheme": "light only",
};

function lay(element: HTMLElement): void {
	for (const [name, value] of Object.entries(overAll)) element.style.setProperty(name, value, "important");
}

/**
 * Lays an empty frame over the page, in a closed shadow root: the page can neither read nor restyle what is in it, and hears of no click, key
 * or pointer in it, not even in the capture phase of its window, because events do not leave a frame. In the top layer where
 * the browser has one, so that no dialog of the page lies above it.
 */
export function openFrame(page: Document): PickerFrame {
	page.querySelector(hostName)?.remove();
	const host = page.createElement(hostName);
	lay(host);
	host.setAttribute("popover", "manual");
	const frame = page.createElement("iframe");
	lay(frame);
	host.attachShadow({ mode: "closed" }).append(frame);
	page.documentElement.append(host);
	host.showPopover();
	const inner = frame.contentDocument;
	if (inner === null) throw new Error("The page lets no frame in.");
	inner.documentElement.dir = isRightToLeft ? "rtl" : "ltr";
	inner.documentElement.lang = locale;
	inner.title = pickerWords.title;
	dress(inner);
	const root = inner.createElement("div");
	root.id = "app";
	inner.body.append(root);
	return { root, host, close: () => host.remove() };
}

/** A sheet that is made, not written into the page, is not held up by the page's rules for styles. */
function dress(inner: Document): void {
	const css = [layers, tokens, reset, buttons, inputs, forms, picker].join("\n");
	try {
		const View = inner.defaultView;
		if (View === null) return;
		const sheet = new View.CSSStyleSheet();
		sheet.replaceSync(css);
		inner.adoptedStyleSheets = [sheet];
	} catch {
		// Firefox lets an extension's script adopt no sheets.
		const style = inner.createElement("style");
		style.textContent = css;
		inner.head.append(style);
	}
}
