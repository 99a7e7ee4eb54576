import { describe, expect, test } from "bun:test";
import type { CaptureDraft } from "../../capture/draft.ts";
import type { LocalRecord } from "../../outbox/types.ts";
import { pictureOf, typedByHand } from "../record/record-form.ts";
import { testRecord, testTarget } from "../test-target.ts";
import {
	aimOf,
	aimsFor,
	draftByHand,
	type Editor,
	type EditorEvent,
	editorReducer,
	kindOf,
	pickExisting,
} from "./editor.ts";

const draft: CaptureDraft = {
	kind: "article",
	source: { url: "https://a.test/1", title: "One" },
	fields: { title: { type: "text", value: "One" }, price: { type: "currency", value: { amount: 1, currency: "EUR" } } },
	provenance: { title: { from: "json-ld", confidence: 0.95 }, price: { from: "json-ld", confidence: 0.95 } },
	image: null,
};
const opened = (existing = testRecord()): EditorEvent => ({
	type: "opened",
	draft,
	document: null,
	existing,
	targets: [testTarget()],
});
const saved = (record = testRecord({ id: "new" }), before: LocalRecord | null = null): EditorEvent => ({
	type: "saved",
	sent: [{ record, before }],
});
const after = (...events: EditorEvent[]): Editor => {
	const editor = events.reduce<Editor | null>(editorReducer, null);
	if (!editor) throw new Error("no editor");
	return editor;
};
const formText = (editor: Editor, name: string) => {
	const form = editor.form.rows.find((row) => row.name === name)?.form;
	return form && "text" in form ? form.text : undefined;
};
const typed: EditorEvent = { type: "typed", name: "title", value: { input: "text", text: "Mine" } };

describe("J4: the record before it is sent", () => {
	test("J4: nothing happens before a page was read", () => {
		const events: EditorEvent[] = [typed, { type: "saving" }, { type: "refused", problems: {} }];
		for (const event of events) expect(editorReducer(null, event)).toBeNull();
	});

	test("J4: typing mends the line it is in and leaves the other problems", () => {
		const editor = after(opened(), { type: "refused", problems: { title: "a.", price: "b." } }, typed);
		expect(editor.problems).toEqual({ price: "b." });
		expect(formText(editor, "title")).toBe("Mine");
	});

	test("J4: a failed save keeps what was typed and says why", () => {
		const editor = after(opened(), typed, { type: "saving" }, { type: "failed", message: "No room." });
		expect(editor).toMatchObject({ phase: "editing", failure: "No room.", sent: null });
		expect(formText(editor, "title")).toBe("Mine");
	});

	test("J4: after a save the same page updates that record, and it can be taken back once", () => {
		const record = testRecord({ id: "new" });
		const editor = after(opened(), { type: "saving" }, saved(record));
		expect(editor).toMatchObject({ phase: "editing", existing: record, sent: [{ record, before: null }] });
		const undone = after(opened(), saved(record), { type: "undone", takenBack: ["new"], existing: null });
		expect(undone).toMatchObject({ sent: null, takenBack: ["new"], existing: null });
		expect(editorReducer(undone, { type: "saving" })?.takenBack).toEqual([]);
	});

	test("J4: of several that were sent, what cannot be taken back stays sent", () => {
		const [one, two] = [testRecord({ id: "one" }), testRecord({ id: "two" })];
		const sent: EditorEvent = { type: "saved", sent: [one, two].map((record) => ({ record, before: null })) };
		const editor = after(opened(), sent, { type: "undone", takenBack: ["one"], existing: null });
		expect(editor).toMatchObject({ sent: [{ record: two }], takenBack: ["one"] });
	});

	test("J4: news of the same targets after a save leaves the save and its undo alone; other targets do not", () => {
		const record = testRecord({ id: "new" });
		const news = (...ids: string[]): EditorEvent => ({
			type: "target-changed",
			targets: [testTarget(), ...ids.map((id) => testTarget({ id }))],
			existing: null,
		});
		expect(after(opened(), saved(), news())).toMatchObject({ existing: record, sent: [{}] });
		expect(after(opened(), { type: "saving" }, news(), saved())).toMatchObject({ existing: record, sent: [{}] });
		expect(after(opened(), saved(), news("another"))).toMatchObject({ existing: null, sent: null });
	});

	test("J4: the page read again after a save still shows the save", () => {
		const editor = after(opened(), saved(), opened());
		expect(editor).toMatchObject({ existing: testRecord({ id: "new" }), sent: [{ record: { id: "new" } }] });
	});

	test("J4: typing after a save offers the button again", () => {
		expect(after(opened(), saved(), typed).sent).toBeNull();
	});

	test("J4: the page read again with its text keeps what was typed; another page does not get it", () => {
		const body = { type: "markdown", value: "Long" } as const;
		const again = { ...opened(), draft: { ...draft, fields: { ...draft.fields, body } } } as EditorEvent;
		const editor = after(opened(), typed, again);
		expect([formText(editor, "title"), formText(editor, "body")]).toEqual(["Mine", "Long"]);
		const other = {
			...opened(),
			draft: { ...draft, source: { ...draft.source, url: "https://b.test/" } },
		} as EditorEvent;
		expect(formText(after(opened(), typed, other), "title")).toBe("One");
	});

	test("J4: choosing a target leaves a record that was opened from the list alone", () => {
		const record = testRecord();
		const change: EditorEvent = { type: "target-changed", targets: [], existing: null };
		const editor = after({ type: "opened-saved", record, target: testTarget() }, change);
		expect(editor.existing).toBe(record);
	});
});

describe("J4: what is chosen besides the fields", () => {
	test("J4: the kind is as chosen, else as it was saved, else as the page says", () => {
		const chosen: EditorEvent = { type: "kind-chosen", kind: "paper" };
		expect(kindOf(after(opened(testRecord({ kind: "product" }))))).toBe("product");
		expect(kindOf(after(opened(), chosen, opened()))).toBe("paper");
		const { existing: _, ...fresh } = after(opened(), { type: "undone", takenBack: [], existing: null });
		expect(kindOf({ ...fresh, existing: null })).toBe("article");
	});

	test("J4: another picture of the page takes the place of the first, and may be taken away", () => {
		const chosen = after(opened(), { type: "picture-chosen", url: "https://a.test/b.png" });
		expect(pictureOf(chosen.form)).toBe("https://a.test/b.png");
		const without = editorReducer(chosen, { type: "picture-chosen", url: "" });
		expect(without && pictureOf(without.form)).toBe("");
		expect(after(opened(), saved(), { type: "picture-chosen", url: "" }).sent, "there is something to send").toBeNull();
	});
});

describe("J4: a popup that was closed by a press beside it", () => {
	const kept = {
		typed: [
			{ name: "title", form: { input: "text" as const, text: "Half" } },
			{ name: "Mood", form: { input: "text" as const, text: "good" } },
		],
		own: { kind: "paper" },
	};

	test("J4: what was written is there again, in its line, or with the record where no column has it", () => {
		const editor = after({ ...opened(), kept } as EditorEvent);
		expect([formText(editor, "title"), formText(editor, "Mood"), kindOf(editor)]).toEqual(["Half", "good", "paper"]);
		expect(editor.form.rows.find(({ name }) => name === "Mood")).toMatchObject({ mapped: false, label: "Mood" });
	});

	test("J4: the same page read again does not bring it back over what is typed now", () => {
		const editor = after(opened(), typed, { ...opened(), kept } as EditorEvent);
		expect(formText(editor, "title")).toBe("Mine");
	});
});

describe("CAP-7: already saved", () => {
	const records = [
		testRecord({ id: "elsewhere", targetId: "target-9" }),
		testRecord({ id: "unaimed", targetId: null }),
		testRecord({ id: "newest", targetId: "target-1" }),
		testRecord({ id: "older", targetId: "target-1" }),
	];

	test("CAP-7: the newest record of this target is the one to update", () => {
		expect(pickExisting(records, "target-1")?.id).toBe("newest");
	});

	test("CAP-7: one that still waits for a target is taken along; one in another table is not", () => {
		expect(pickExisting(records, "target-2")?.id).toBe("unaimed");
		expect(pickExisting(records.slice(0, 1), "target-2")).toBeNull();
	});

	test("CAP-7: a quote or a picture from the page is not the page", () => {
		const found = ["quote", "image"].flatMap((kind) => [testRecord({ kind }), testRecord({ kind, targetId: null })]);
		expect(pickExisting(found, "target-1")).toBeNull();
		expect(pickExisting([...found, ...records], "target-1")?.id).toBe("newest");
	});

	test("CAP-7: of several targets each updates what it has; only the first takes along what waits for a target", () => {
		const aims = aimsFor(records, ["target-2", "target-1", "target-3"]);
		expect(aims.map(({ recordId }) => recordId)).toEqual(["unaimed", "newest", null]);
	});

	test("CAP-7: an update starts from the page with the typed values kept", () => {
		const existing = testRecord({
			fields: { title: { type: "text", value: "Mine" } },
			provenance: { title: typedByHand },
		});
		expect(formText(after(opened(existing)), "title")).toBe("Mine");
	});
});

describe("J4: a record opened from the list", () => {
	const [one, two] = [testTarget({ id: "one" }), testTarget({ id: "two" })];

	test("J4: goes on to where it was going, else to the target in use", () => {
		expect(aimOf({ targetId: "one" }, [one, two], two)).toBe(one);
		expect(aimOf({ targetId: null }, [one, two], two)).toBe(two);
		expect(aimOf({ targetId: "deleted" }, [one, two], two)).toBe(two);
		expect(aimOf({ targetId: null }, [], null)).toBeNull();
	});
});

describe("J4: pages that cannot be read", () => {
	test("J4: a web address is filled in, a browser's own page is not", () => {
		expect(draftByHand("https://a.test/x", "X")).toMatchObject({
			source: { url: "https://a.test/x" },
			fields: { url: {}, title: {} },
		});
		expect(draftByHand("chrome://extensions", "Extensions")).toMatchObject({ source: { url: "" }, fields: {} });
	});
});
