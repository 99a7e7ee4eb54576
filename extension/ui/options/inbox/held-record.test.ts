import { expect, test } from "bun:test";
import { aView } from "../../../outbox/test-outbox.ts";
import { readRecordForm, withRow } from "../../record/record-form.ts";
import { testRecord, testTarget } from "../../test-target.ts";
import { heldRecord, isChanged, putOf } from "./held-record.ts";

const view = aView(testRecord({ captureId: "capture-1" }), { review: "waiting" });
const held = heldRecord(view, [testTarget({ id: "other", mapping: [] }), testTarget()]);

test("the fields of a held record are drawn as the columns of its own target", () => {
	expect(held.form.rows.filter(({ mapped }) => mapped).map(({ label }) => label)).toEqual(["Name", "Link", "Cost"]);
});

test("what was only looked at is approved as it is; what was changed is written first, as the next version", () => {
	const read = readRecordForm(held.form);
	expect(read.ok && isChanged(held, read.fields)).toBe(false);
	const typed = readRecordForm(withRow(held.form, "title", { input: "text", text: "Better" }));
	if (!typed.ok) throw new Error("The form could not be read.");
	expect(isChanged(held, typed.fields)).toBe(true);
	expect(putOf(held, typed)).toMatchObject({
		kind: "record.put",
		targetId: view.targetId,
		record: { id: view.id, version: 2, captureId: "capture-1", fields: { title: { value: "Better" } } },
	});
});

test("what was emptied is a change, and so is what was discarded and brought back", () => {
	const read = readRecordForm(withRow(held.form, "url", { input: "url", text: "" }));
	expect(read.ok && isChanged(held, read.fields)).toBe(true);
	const untouched = readRecordForm(held.form);
	expect(untouched.ok && isChanged({ ...held, restored: true }, untouched.fields)).toBe(true);
});
