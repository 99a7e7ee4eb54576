import { expect, test } from "bun:test";
import { testAccount, testViewer } from "../../settings/test-account.ts";
import { heldWords } from "./held-back.ts";

const viewer = testViewer("Design team");
const captured = { state: "local", workspaceId: "" } as const;

test("ID-7, J5: what one who only looks has captured says where it is and what sends it", () => {
	expect(heldWords(viewer, captured)).toBe(
		"Saved here. You can look but not add in Design team; switch workspace to send it.",
	);
	expect(heldWords(viewer, { ...captured, workspaceId: viewer.workspaceId ?? "" })).toBe(
		"Saved here. You can look but not add in Design team now; it is sent when you can add again.",
	);
});

test("ID-7: nothing else is said to be held: what has left, what needs the person, a guest's, a member's", () => {
	for (const state of ["sending", "stored", "delivered", "needs_you"] as const) {
		expect(heldWords(viewer, { ...captured, state })).toBeNull();
	}
	expect(heldWords(null, captured)).toBeNull();
	expect(heldWords(testAccount(), captured)).toBeNull();
});
