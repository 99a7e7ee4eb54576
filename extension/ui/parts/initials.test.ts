import { expect, test } from "bun:test";
import { firstLetter, initialsOf } from "./initials.ts";

test("ID-7: people and workspaces have letters for a mark, whatever they are called", () => {
	expect(initialsOf("Ada Lind")).toBe("AL");
	expect(initialsOf("Ada Maria van der Lind")).toBe("AL");
	expect(initialsOf("ada@sheaf.test")).toBe("A");
	expect(initialsOf("  émile  ")).toBe("É");
	expect(initialsOf("")).toBe("");
	expect(firstLetter("👩‍🌾 Farm")).toBe("👩‍🌾");
	expect(firstLetter("ßtraße")).toBe("SS");
});
