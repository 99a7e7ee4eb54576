import { expect, test } from "bun:test";
import { isHandWritten, isTelling, lastingPrefix } from "./stable-name.ts";

test.each([
	"price",
	"product-price",
	"productPrice",
	"price__value",
	"a-offscreen",
	"headline",
	"col_main",
	"entry-title",
	"step2",
])("CAP-4: %s is a name that somebody wrote", (name) => {
	expect(isHandWritten(name)).toBe(true);
});

test.each([
	"css-1q2w3e",
	"sc-bdVaJa",
	"sc-1a2b3c",
	"_3xYzQ",
	"jsx-123456",
	"x1a2b3c4",
	"bcdfg",
	"ember123",
	"Zkq9",
	":r1:",
	"post-4711",
	"Price_price__3xYzQ",
	"x",
	"a".repeat(80),
])("CAP-4: %s is a name that a build or a database made", (name) => {
	expect(isHandWritten(name)).toBe(false);
});

test.each(["mt-4", "flex", "text-sm", "md:hidden", "is-active", "nav-item-selected", "bg-white", "hidden"])(
	"CAP-4: %s says how something looks or stands, and not what it is",
	(name) => {
		expect(isTelling(name)).toBe(false);
	},
);

test("CAP-4: the part of a name that a person wrote is kept, without what the build put behind it", () => {
	expect(lastingPrefix("Price_price__3xYzQ")).toBe("Price_price__");
	expect(lastingPrefix("product-title--a8f3c1")).toBe("product-title--");
	expect(lastingPrefix("product-title")).toBeNull();
	expect(lastingPrefix("css-1q2w3e")).toBeNull();
});
