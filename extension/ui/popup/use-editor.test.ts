import "../../messages/test-browser.ts";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { parseHTML } from "linkedom";
import { h, render } from "preact";
import type { CaptureDraft } from "../../capture/draft.ts";
import { type OpenOutbox, openOutbox } from "../../outbox/outbox.ts";
import { readDraft } from "./kept-draft.ts";
import type { PageReading } from "./read-page.ts";
import { type EditorHandle, useEditor } from "./use-editor.ts";

const draft: CaptureDraft = {
	kind: "article",
	source: { url: "https://a.test/1", title: "One" },
	fields: { title: { type: "text", value: "One" } },
	provenance: { title: { from: "json-ld", confidence: 0.95 } },
	image: null,
};
const page: PageReading = { kind: "read", draft, document: { tabId: 1, documentId: "d", url: draft.source.url } };

let outbox: OpenOutbox;
let root: HTMLElement;
/** Every handle that was drawn, oldest first: a listener may still hold an old one. */
let drawn: EditorHandle[];

function Probe() {
	drawn.push(useEditor({ page, who: "guest", aimed: [], targets: [], outbox }));
	return null;
}

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
	while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
};
const now = (): EditorHandle => {
	const handle = drawn.at(-1);
	if (!handle) throw new Error("Nothing was drawn.");
	return handle;
};

beforeEach(async () => {
	const { document } = parseHTML("<html><body><div></div></body></html>");
	Object.assign(globalThis, { document });
	outbox = await openOutbox({ userId: null, deviceId: crypto.randomUUID(), workspaceId: null });
	drawn = [];
	root = document.querySelector("div") as unknown as HTMLElement;
	render(h(Probe, {}), root);
	await until(() => now().editor !== null);
});

afterEach(() => {
	render(null, root);
	outbox.close();
	Reflect.deleteProperty(globalThis, "document");
});

test("J4: pressing Send twice at once saves one record", async () => {
	const handle = now();
	await Promise.all([handle.send(), handle.send()]);
	expect(await outbox.recent(10)).toHaveLength(1);
});

test("J4: a press that comes late, with what was drawn before the record was saved, saves no second one", async () => {
	const early = now();
	await early.send();
	await until(() => now().editor?.sent !== null);
	await early.send();
	await now().send();
	expect(await outbox.recent(10)).toMatchObject([{ version: 1 }]);
});

test("J4: what was typed right before the popup closes is kept", async () => {
	const value = { input: "text", text: "Half written" } as const;
	now().dispatch({ type: "typed", name: "title", value });
	await until(() => now().editor?.form.rows.some(({ form }) => "text" in form && form.text === value.text) ?? false);
	// Closed before anything was painted.
	render(null, root);
	const place = { who: "guest", document: { tabId: 1, documentId: "d", url: draft.source.url } };
	await until(async () => (await readDraft(place)) !== null);
	expect((await readDraft(place))?.typed).toEqual([{ name: "title", form: value }]);
});
