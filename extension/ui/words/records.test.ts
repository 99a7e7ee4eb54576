import { expect, test } from "bun:test";
import { noteWords } from "./records.ts";

test("CON-3: a delivered record says which columns its picture was left out of, and only then", () => {
	const note = { code: "picture-left-out", columns: ["Cover", "Photo"] } as const;
	const says = (state: "delivered" | "local") => noteWords({ state, note: { ...note, columns: [...note.columns] } });
	expect(says("delivered")).toBe("Without its picture: no files can go into Cover and Photo.");
	expect([says("local"), noteWords({ state: "delivered" })]).toEqual([null, null]);
});
