import { describe, expect, spyOn, test } from "bun:test";
import type { RecipeField } from "../../../backend/contract/recipes.ts";
import type { CaptureDraft } from "../draft.ts";
import { pageOf } from "../picker/test-dom.ts";
import { withRecipes } from "./apply.ts";
import { readField } from "./read-field.ts";
import type { UsableRecipe } from "./recipe.ts";

const place = (body: string) => ({ document: pageOf(body), base: "https://shop.example/p/1", language: "de" });
const read = (body: string, field: Partial<RecipeField>) =>
	readField({ name: "x", type: "text", selectors: ["#x"], ...field }, place(body))?.value.value ?? null;

describe("CAP-4: an element is read as the type that the person chose", () => {
	test.each([
		["text", '<p id="x"> Red\n chair </p>', {}, "Red chair"],
		["an amount", '<p id="x">1.234,56 €</p>', { type: "currency" }, { amount: 1234.56, currency: "EUR" }],
		[
			"an amount whose currency is beside it",
			'<div itemscope><meta itemprop="priceCurrency" content="CHF"><p id="x">12.50</p></div>',
			{ type: "currency" },
			{ amount: 12.5, currency: "CHF" },
		],
		["a number", '<p id="x">4,5 von 5</p>', { type: "number" }, 4.5],
		[
			"a day in an attribute",
			'<p id="x"><time datetime="2026-03-05">gestern</time></p>',
			{ type: "date" },
			"2026-03-05",
		],
		[
			"an address",
			'<p id="x"><a href="../q?utm_source=a">More</a></p>',
			{ type: "url" },
			"https://shop.example/q?utm_source=a",
		],
		["a picture", '<p id="x"><img src="/a.jpg" alt=""></p>', { type: "image" }, "https://shop.example/a.jpg"],
		["no script for an address", '<a id="x" href="javascript:alert(1)">x</a>', { type: "url" }, null],
		["a list of its items", '<ul id="x"><li>A</li><li>B</li><li>A</li></ul>', { type: "list" }, ["A", "B"]],
		["a box that is ticked", '<input id="x" type="checkbox" checked>', { type: "boolean" }, true],
		["a no", '<p id="x">Nein</p>', { type: "boolean" }, false],
		["the attribute that is named", '<p id="x" data-sku="4711">x</p>', { attribute: "data-sku" }, "4711"],
		["an attribute that is not there", '<p id="x">x</p>', { attribute: "data-sku" }, null],
		[
			"a part of the text",
			'<p id="x">SKU: 4711</p>',
			{ transforms: [{ kind: "split", separator: ":", take: 1 }] },
			"4711",
		],
		[
			"a tidy address",
			'<a id="x" href="/q?utm_source=a&b=1">x</a>',
			{ type: "url", transforms: [{ kind: "url" }] },
			"https://shop.example/q?b=1",
		],
		[
			"a number as it is written there",
			'<p id="x">1.234</p>',
			{ type: "number", transforms: [{ kind: "number", decimal: "," }] },
			1234,
		],
		["nothing where the type does not fit", '<p id="x">soon</p>', { type: "date" }, null],
	] as const)("CAP-4: %s", (...[, body, field, expected]) => {
		expect(read(body, field as unknown as Partial<RecipeField>)).toEqual(expected as never);
	});

	test("CAP-4: every one that the selector finds", () => {
		const body = '<b class="a">1</b><b class="a">2</b>';
		expect(read(body, { type: "list", many: true, selectors: [".a"] })).toEqual(["1", "2"]);
		expect(read(body, { many: true, selectors: [".a"] })).toBe("1\n2");
	});

	test("CAP-4: the first selector that finds a value counts, and one that no browser understands finds nothing", () => {
		const body = '<p class="a"> </p><p class="b">B</p>';
		expect(read(body, { selectors: ["p[", ".none", ".a", ".b"] })).toBe("B");
	});

	test.each([
		["<dl><dt>Weight:</dt><dd>4 kg</dd></dl>", "Weight", "4 kg"],
		["<table><tr><th>Weight</th><td>4 kg</td></tr></table>", "weight", "4 kg"],
		["<p><b>Weight:</b> 4 kg</p>", "Weight", "4 kg"],
		["<div><div><span>Weight</span></div><div>4 kg</div></div>", "Weight", "4 kg"],
		['<label for="w">Weight</label><input id="w" value="4 kg">', "Weight", "4 kg"],
	])("CAP-4: what stands beside a label: %s", (body, label, value) => {
		expect(read(body, { selectors: [`label=${label}`] })).toBe(value);
	});
});

const draft = (): CaptureDraft => ({
	kind: "page",
	source: { url: "https://shop.example/p/1", title: "Chair" },
	fields: {
		title: { type: "text", value: "Chair" },
		price: { type: "currency", value: { amount: 9, currency: "EUR" } },
	},
	provenance: { title: { from: "typed", confidence: 1 }, price: { from: "json-ld", confidence: 0.95 } },
	image: null,
});
const recipe = (fields: RecipeField[], more: object = {}): UsableRecipe => ({
	id: "r1",
	version: 3,
	recipe: { name: "Shop", host: "shop.example", path: "/p/*", kind: "product", fields, ...more },
});
const field = (name: string, type: RecipeField["type"], ...selectors: string[]): RecipeField => ({
	name,
	type,
	selectors,
});

describe("CAP-4: a page that a recipe is for", () => {
	const body = '<h1>Red chair</h1><p class="cost">12,50 €</p><p class="wood">Oak</p>';

	test("CAP-1: its values stand above structured data, below what was typed, and say which selector found them", () => {
		const fields = [
			field("title", "text", "h1"),
			field("price", "currency", ".gone", ".cost"),
			field("Wood", "text", ".wood"),
		];
		const after = withRecipes(draft(), [recipe(fields)], place(body)).draft;
		expect(after.kind).toBe("product");
		expect(after.fields).toMatchObject({
			title: { value: "Chair" },
			price: { value: { amount: 12.5 } },
			Wood: { value: "Oak" },
		});
		expect(after.provenance["price"]).toEqual({ from: "selector", path: ".cost", confidence: 0.92 });
		expect(after.provenance["title"]).toMatchObject({ from: "typed" });
	});

	test("CAP-4: what it does not find is left to the page's own data, and said", () => {
		const { draft: after, readings } = withRecipes(
			draft(),
			[recipe([field("price", "currency", ".gone"), field("Wood", "text", ".wood")])],
			place(body),
		);
		expect(after.fields["price"]).toMatchObject({ value: { amount: 9 } });
		expect(readings).toMatchObject([{ id: "r1", version: 3, found: ["Wood"], missing: [{ name: "price" }] }]);
	});

	test("CAP-4: a field has whatever name the person gave it, that of an object's own keys too", () => {
		const names = ["__proto__", "constructor", "toString"];
		const fields = names.map((name) => field(name, "text", ".wood"));
		const { draft: after, readings } = withRecipes(draft(), [recipe(fields)], place(body));
		expect(readings).toMatchObject([{ found: names, missing: [] }]);
		for (const name of names) {
			expect(Object.entries(after.fields)).toContainEqual([name, { type: "text", value: "Oak" }]);
			expect(Object.keys(after.provenance)).toContain(name);
		}
		const gone = withRecipes(draft(), [recipe(names.map((name) => field(name, "text", ".gone")))], place(body));
		expect(gone.readings).toMatchObject([{ found: [], missing: names.map((name) => ({ name })) }]);
	});

	test("CAP-6: when the time is over no further selector is tried, and what was not looked for is not missing", () => {
		const timed = { ...place(body), until: performance.now() - 1 };
		expect(readField(field("Wood", "text", ".wood"), timed)).toBeNull();
		let now = 0;
		const clock = spyOn(performance, "now").mockImplementation(() => (now += 120));
		const fields = [field("Wood", "text", ".gone", ".gone", ".gone", ".wood"), field("title", "text", "h1")];
		const { readings } = withRecipes(draft(), [recipe(fields)], place(body));
		clock.mockRestore();
		expect(readings).toMatchObject([{ found: [], missing: [] }]);
	});

	test("CAP-4: of two recipes the first one has the word; one that finds nothing changes nothing", () => {
		const [one, two] = [
			recipe([field("Wood", "text", ".wood")]),
			recipe([field("Wood", "text", "h1")], { kind: "event" }),
		];
		expect(withRecipes(draft(), [one, two], place(body)).draft).toMatchObject({
			kind: "product",
			fields: { Wood: { value: "Oak" } },
		});
		const nothing = recipe([field("Wood", "text", ".gone")]);
		expect(withRecipes(draft(), [nothing], place("")).draft).toEqual(draft());
	});

	test("CAP-2: a recipe for plain pages leaves what the page says it is", () => {
		const page = recipe([field("Wood", "text", ".wood")], { kind: "page" });
		expect(withRecipes({ ...draft(), kind: "product" }, [page], place(body)).draft.kind).toBe("product");
	});

	test("CAP-4: a recipe's picture is the draft's picture", () => {
		const fields = [field("image", "image", "img")];
		expect(withRecipes(draft(), [recipe(fields)], place('<img src="/a.jpg">')).draft.image).toBe(
			"https://shop.example/a.jpg",
		);
	});
});

describe("CAP-4: where a field that is missing is likely to be now", () => {
	const repairOf = (body: string, wanted: RecipeField, from = draft()) =>
		withRecipes(from, [recipe([wanted])], place(body)).readings[0]?.missing[0]?.repair ?? null;
	const price = field("price", "currency", "#buy .product-price", "body > main > p");

	test.each([
		[
			"its class was renamed",
			'<div id="buy"><p class="price-box__amount">14,00 €</p></div><p class="shipping">3,90 €</p>',
			14,
		],
		["it holds what the structured data says", '<div id="buy"><b>9,00 €</b><i>3,90 €</i></div>', 9],
		["it stands beside its name", "<dl><dt>Price</dt><dd>15,00 €</dd><dt>Shipping</dt><dd>3,90 €</dd></dl>", 15],
	])("CAP-4: %s", (_what, body, amount) => {
		const repair = repairOf(body, price);
		expect(repair?.value).toEqual({ type: "currency", value: { amount, currency: "EUR" } });
		expect(read(body, { ...price, selectors: repair?.selectors ?? [] })).toEqual({ amount, currency: "EUR" });
	});

	test("CAP-4: nothing is offered where nothing says so, or nothing fits the type", () => {
		expect(repairOf("<p>14,00 €</p><p>3,90 €</p>", price, { ...draft(), fields: {} })).toBeNull();
		expect(repairOf('<div id="buy"><p class="product-price">on request</p></div>', price)).toBeNull();
	});
});
