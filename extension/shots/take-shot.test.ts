import "../messages/test-browser.ts";
import { afterEach, beforeEach, expect, spyOn, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { CapturedDocument } from "../capture/draft.ts";
import type { PageShot } from "./page-side.ts";
import { shoot } from "./take-shot.ts";

const url = "https://a.test/1";
const size = { width: 100, height: 100 };
const view = { ...size, x: 0, y: 0 };

/** A document's side as far as a picture looks at it. */
function aPage(): PageShot {
	let begun: string | null = null;
	return {
		begin: (token) => {
			begun = token;
			return { view, whole: { left: 0, top: 0, ...size } };
		},
		show: async () => view,
		isStill: (token) => token === begun,
		end: () => undefined,
	};
}

class TestCanvas {
	getContext = () => ({ drawImage: () => undefined });
	convertToBlob = async () => new Blob(["a picture"]);
}

let onView: () => void;
let document: CapturedDocument;
const before = { OffscreenCanvas: globalThis.OffscreenCanvas, createImageBitmap: globalThis.createImageBitmap };
const spies: { mockRestore: () => void }[] = [];

beforeEach(() => {
	fakeBrowser.reset();
	onView = () => undefined;
	// As in Firefox, which has no ids of documents: whatever is in the tab answers.
	document = { tabId: 1, documentId: "", url };
	const createImageBitmap = async () => ({ ...size, close: () => undefined });
	Object.assign(globalThis, { OffscreenCanvas: TestCanvas, createImageBitmap, innerWidth: size.width });
	const inPage = async ({ func, args }: { func?: (...args: unknown[]) => unknown; args?: unknown[] }) => {
		if (func) return [{ result: await func(...(args ?? [])) }];
		globalThis.sheafShot = aPage();
		return [{ result: url }];
	};
	const capture = async () => {
		onView();
		return "data:image/png;base64,AAAA";
	};
	spies.push(
		spyOn(fakeBrowser.scripting, "executeScript").mockImplementation(inPage as never),
		spyOn(fakeBrowser.tabs, "get").mockImplementation((async () => ({ windowId: 1, active: true })) as never),
		spyOn(fakeBrowser.tabs, "captureVisibleTab").mockImplementation(capture),
	);
});
afterEach(() => {
	for (const spy of spies.splice(0)) spy.mockRestore();
	globalThis.sheafShot = undefined;
	Object.assign(globalThis, before);
	Reflect.deleteProperty(globalThis, "innerWidth");
});

test("BLOB-1: a picture of the document that it was asked of", async () => {
	const { picture, isCut } = await shoot(document, { region: null });
	expect([await picture.text(), isCut]).toEqual(["a picture", false]);
});

test.each([
	["one that no picture is taken of", () => undefined],
	["one that another picture was begun in", aPage],
])("BLOB-1: no picture when another document of that site has taken its place: %s", async (_which, next) => {
	onView = () => {
		globalThis.sheafShot = next();
	};
	await expect(shoot(document, { region: null })).rejects.toMatchObject({ because: "document-changed" });
});
