import { expect, test } from "bun:test";
import { choiceOptions } from "./choice-options.ts";

const options = ["Essay", "News", "Long essay"];
const shown = (typed: string, more: { chosen?: string[]; canCreate?: boolean } = {}) =>
	choiceOptions({ options, typed, chosen: [], canCreate: false, ...more }).map(({ text }) => text);

test("J4: choices are found by what is in them, those that begin so first", () => {
	expect(shown("")).toEqual(options);
	expect(shown("ES")).toEqual(["Essay", "Long essay"]);
	expect(shown("zzz")).toEqual([]);
});

test("J4: what is chosen is not offered again", () => {
	expect(shown("", { chosen: ["News"] })).toEqual(["Essay", "Long essay"]);
});

test("J4: a new choice is offered where the destination adds it, and never beside one of the same name", () => {
	expect(shown("Poem", { canCreate: true })).toEqual(["Add “Poem”"]);
	expect(shown("essay", { canCreate: true })).toEqual(["Essay", "Long essay"]);
	expect(shown("Poem", { canCreate: true, chosen: ["poem"] })).toEqual([]);
	expect(shown("Poem")).toEqual([]);
});
