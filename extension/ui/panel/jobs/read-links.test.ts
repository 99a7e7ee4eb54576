import { expect, test } from "bun:test";
import { readLinks } from "./read-links.ts";

test("CAP-3: web addresses in a pasted text are links, each page once, in their order", () => {
	const pasted = `https://a.test/one
		See (https://b.test/two), <a href="https://c.test/three?x=1&y=2">here</a>; [four](https://d.test/four).
		https://a.test/one https://a.test/one?utm_source=letter ftp://e.test/ javascript:alert(1) https:// not-a-link`;
	expect(readLinks(pasted)).toEqual([
		"https://a.test/one",
		"https://b.test/two",
		"https://c.test/three?x=1&y=2",
		"https://d.test/four",
	]);
	expect(readLinks("")).toEqual([]);
});
