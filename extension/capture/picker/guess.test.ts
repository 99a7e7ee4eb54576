import { describe, expect, test } from "bun:test";
import { fieldNames, vocabulary } from "../vocabulary.ts";
import { countSimilar, elementsOf, fieldOf, valueIn } from "./field-of.ts";
import { guessName, guessType, typeOfName } from "./guess.ts";
import { elementIn, pageOf } from "./test-dom.ts";

const labels = new Map(fieldNames.map((name) => [vocabulary[name].label.toLowerCase(), name]));
const guess = (body: string, taken: string[] = [], css = "#x, [itemprop], dd") => {
	const document = pageOf(body);
	const element = elementIn(document, css);
	const type = guessType(element, { document, base: "https://a.test/", language: "en" });
	return [type, guessName(element, { type, taken: new Set(taken), labels })];
};

describe("CAP-4: what is clicked has a type and a name before the person says one", () => {
	test.each([
		["an amount", '<p id="x">$12.50</p>', ["currency", "price"]],
		["a picture", '<img id="x" src="/a.jpg">', ["image", "image"]],
		["a day", '<time id="x" datetime="2026-03-05">yesterday</time>', ["date", "published"]],
		["a number", '<p id="x" class="star-count stars">1,204</p>', ["number", "stars"]],
		["a list", '<ul id="x"><li>A</li></ul>', ["list", ""]],
		["a box to tick", '<input id="x" type="checkbox">', ["boolean", ""]],
		["the heading", '<h1 id="x">Red chair</h1>', ["text", "title"]],
		["what the page says for machines", '<p itemprop="ratingValue">4.5</p>', ["number", "rating"]],
		["the words in front of it, where Sheaf knows them", "<dl><dt>Brand:</dt><dd>Acme</dd></dl>", ["text", "brand"]],
		["and where it does not", "<dl><dt>Wood</dt><dd>Oak</dd></dl>", ["text", "Wood"]],
		["a class", '<p id="x" class="css-1q2w3e product-brand">Acme</p>', ["text", "brand"]],
		["a long text with an amount in it", `<p id="x">It costs $5. ${"Words. ".repeat(20)}</p>`, ["text", ""]],
	])("CAP-4: %s", (_what, body, expected) => {
		expect(guess(body)).toEqual(expected);
	});

	test("CAP-4: a name that is taken is not proposed again", () => {
		expect(guess('<p id="x" class="price">$12.50</p>', ["price"])).toEqual(["currency", ""]);
	});

	test("CAP-4: Sheaf's own names have their type, others none", () => {
		expect([typeOfName("price"), typeOfName("Wood"), typeOfName("constructor")]).toEqual(["currency", null, null]);
	});
});

test("CAP-4: all like it are a list, or one text; one alone is itself", () => {
	const document = pageOf('<ul><li><b class="tag">A</b></li><li><b class="tag">B</b></li></ul><h1>T</h1>');
	const place = { document, base: "https://a.test/", language: "" };
	const [tag, heading] = [elementIn(document, ".tag"), elementIn(document, "h1")];
	expect([countSimilar(tag), countSimilar(heading)]).toEqual([2, 1]);
	const all = fieldOf(tag, { name: "tags", type: "list", all: true });
	expect(elementsOf(all, document)).toHaveLength(2);
	expect(valueIn(tag, all, place)).toEqual({ type: "list", value: ["A", "B"] });
	const text = fieldOf(tag, { name: "x", type: "text", all: true });
	expect(valueIn(tag, text, place)).toEqual({ type: "text", value: "A\nB" });
	const alone = fieldOf(heading, { name: "title", type: "text", all: true });
	expect([alone.many, valueIn(heading, alone, place)?.value]).toEqual([undefined, "T"]);
});
