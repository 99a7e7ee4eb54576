import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { findAll } from "../recipes/find.ts";
import { selectorsFor } from "./selectors.ts";
import { similarSelectors } from "./similar.ts";
import { elementIn, pageOf } from "./test-dom.ts";
import { walk } from "./walk.ts";

const first = (body: string, css: string): string | undefined => {
	const document = pageOf(body);
	return selectorsFor(elementIn(document, css))[0];
};

describe("CAP-4: what an element is called by", () => {
	test.each([
		["what the page says for machines", '<p id="total" itemprop="price" class="cost">1</p>', "p", '[itemprop="price"]'],
		["a test's name", '<p data-testid="product-price" class="css-1q2w3e">1</p>', "p", '[data-testid="product-price"]'],
		["an id that somebody wrote", '<p id="total" class="cost">1</p>', "p", "#total"],
		["classes that somebody wrote", '<p id="x81fa2" class="mt-4 cost css-1q2w3e">1</p>', "p", ".cost"],
		["the lasting part of a class", '<p class="Price_price__3xYzQ">1</p>', "p", '[class*="Price_price__"]'],
		["its name for screen readers", '<p class="css-1q2w3e" aria-label="Price">1</p>', "p", '[aria-label="Price"]'],
		["being the only one of its kind", '<h1 class="css-1q2w3e">A</h1>', "h1", "h1"],
		["the words in front of it", '<dl><dt>Weight:</dt><dd class="x81fa2">2 kg</dd></dl>', "dd", "label=Weight"],
		[
			"the nearest one that has a name",
			'<div id="product"><b class="cost">1</b></div><b class="cost">2</b>',
			"b",
			"#product .cost",
		],
		[
			"its place, when nothing else is there",
			"<div><p>A</p><p>B</p></div>",
			"p:nth-of-type(2)",
			"body > div > p:nth-of-type(2)",
		],
	])("CAP-4: %s", (...[, body, css, selector]) => {
		expect(first(body, css)).toBe(selector);
	});

	test("CAP-4: several ways are kept and each leads to the element, none by its mere place on the page", () => {
		const document = pageOf(
			'<main id="shop"><div class="offer"><span>Price</span> <b class="cost css-1q2w3e">9 €</b></div><div class="offer"><b class="cost">8 €</b></div></main>',
		);
		const element = elementIn(document, "b");
		const selectors = selectorsFor(element);
		expect(selectors.length).toBeGreaterThan(3);
		for (const selector of selectors) expect(findAll(document, selector)[0]?.element).toBe(element);
		expect(selectors.at(-1)).toBe("#shop > div:nth-of-type(1) > b");
	});

	test("CAP-6: nothing of the page ends up in a selector that could be anything but a name", () => {
		const document = pageOf("<p id='a\"],*{}' class=\"x]y\" data-testid='\"><script>' aria-label='a\"]'>1</p>");
		expect(selectorsFor(elementIn(document, "p"))).toEqual(["body > p"]);
	});
});

test("CAP-4: one element is widened to all that are like it", () => {
	const cards = ["A", "B", "C"].map((name, at) => `<li><div><h3>${name}</h3><p class="cost">${at} €</p></div></li>`);
	const document = pageOf(`<ul>${cards.join("")}</ul><p>other</p>`);
	for (const css of ["p.cost", "h3"]) {
		const [selector = ""] = similarSelectors(elementIn(document, css));
		expect(findAll(document, selector).map(({ element }) => element)).toEqual(
			Array.from(document.querySelectorAll(css)),
		);
	}
	expect(similarSelectors(elementIn(pageOf("<h1>Alone</h1>"), "h1"))).toEqual([]);
});

test("CAP-4: the arrow keys lead through everything there is to pick, and never off the page", () => {
	const document = pageOf("<div><p>A</p><script>1</script><p>B</p></div><section><p>C</p></section>");
	const [a, b, c] = Array.from(document.querySelectorAll("p"));
	if (a === undefined || b === undefined || c === undefined) throw new Error("The test's page has three.");
	expect(walk(a, "on")).toBe(b);
	expect(walk(b, "on")).toBe(elementIn(document, "section"));
	expect(walk(elementIn(document, "section"), "in")).toBe(c);
	expect(walk(c, "in")).toBe(c);
	expect(walk(b, "back")).toBe(a);
	expect(walk(a, "out")).toBe(elementIn(document, "div"));
	expect(walk(elementIn(document, "div"), "out")).toBe(elementIn(document, "div"));
});

/** Something a site does to its page between two visits that has nothing to do with the field. */
type Change = { kind: "insert" | "remove" | "rehash" | "wrap" | "attribute"; at: number; seed: number };

const change = fc.record({
	kind: fc.constantFrom("insert", "remove", "rehash", "wrap", "attribute"),
	at: fc.nat(200),
	seed: fc.integer({ min: 1, max: 1_000_000 }),
}) as fc.Arbitrary<Change>;

const hash = (seed: number): string => `css-${(seed * 7_919).toString(36)}9z`;

function apply(document: Document, kept: Element, { kind, at, seed }: Change): void {
	const all = Array.from(document.querySelectorAll("body *")).filter((one) => one !== kept);
	const other = all[at % Math.max(1, all.length)];
	if (other === undefined) return;
	if (kind === "rehash") {
		for (const one of [...all, kept]) {
			const names = Array.from(one.classList).filter((name) => name.startsWith("css-"));
			for (const name of names) one.classList.replace(name, hash(seed + name.length));
		}
	}
	if (kind === "attribute") other.setAttribute("data-v", String(seed));
	if (kind === "remove" && !other.contains(kept) && other.querySelector("*") === null && !other.matches("dt"))
		other.remove();
	if (kind === "insert") {
		const added = document.createElement(seed % 2 === 0 ? "div" : "aside");
		added.className = `${hash(seed)} promo-banner`;
		added.textContent = "Only today";
		// In front of anything, but for a label and its value, which belong together.
		if (!other.matches("dd")) other.before(added);
	}
	if (kind === "wrap" && other.contains(kept)) {
		const wrapper = document.createElement("div");
		wrapper.className = hash(seed);
		other.replaceWith(wrapper);
		wrapper.append(other);
	}
}

const page = `<header><nav class="css-1a2b3c"><a href="/">Home</a><a href="/b">Bags</a></nav></header>
<main><article id="product" class="css-9k8j7h"><h1 class="css-4f5g6h">Red chair</h1>
<div class="css-0p9o8i"><span class="css-7u6y5t product-price">12,50 €</span><button>Buy</button></div>
<dl><dt>Weight</dt><dd class="css-5r4e3w">4 kg</dd><dt>Colour</dt><dd class="css-5r4e3w">Red</dd></dl>
<p data-testid="sku" class="css-3e2w1q">SKU 4711</p><img alt="" src="/a.jpg" class="css-8i7u6y Gallery_main__3xYzQ"></article>
<section class="related"><div class="card"><b class="card-price">1 €</b></div><div class="card"><b class="card-price">2 €</b></div></section></main>`;

describe("CAP-4: selectors survive changes that have nothing to do with their element", () => {
	for (const css of ["h1", ".product-price", "dl dd", "[data-testid=sku]", "img"]) {
		test(`CAP-4: ${css} is found again after any of them, by the first selector that finds anything`, () => {
			fc.assert(
				fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
					const document = pageOf(page);
					const element = elementIn(document, css);
					const selectors = selectorsFor(element);
					for (const one of changes) apply(document, element, one);
					const found = selectors
						.map((selector) => findAll(document, selector)[0]?.element)
						.find((one) => one !== undefined);
					expect(found === element).toBe(true);
				}),
				{ numRuns: 150 },
			);
		});
	}
});
