import "../../messages/test-browser.ts";
import { expect, test } from "bun:test";
import { fieldNameFor } from "./add-column.tsx";

test("J4: a column that is filled by hand gets a field of its own name, unless pages fill that or it is taken", () => {
	const mapping = [{ from: "Status", to: "a" }];
	expect(fieldNameFor({ name: "Priority" }, { mapping })).toBe("Priority");
	expect(fieldNameFor({ name: "Status" }, { mapping })).toBe("Status 2");
	expect(fieldNameFor({ name: "price" }, { mapping })).toBe("price 2");
	expect(fieldNameFor({ name: " " }, { mapping: [] })).toBe("column");
});
