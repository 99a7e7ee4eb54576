import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { TableField } from "../../contract/connections.ts";
import type { NewColumn } from "../connector.ts";
import { openConnector, type TestConnector } from "./test-connector.ts";

let bench: TestConnector;
beforeEach(async () => {
	bench = await openConnector();
	const scopes = ["data.records:read", "data.records:write", "schema.bases:read", "schema.bases:write"];
	bench.scene.control.addToken({ token: "patBuilder", scopes });
});
afterEach(() => bench.scene.stop());

const base = "appEverything0000";
const place = { containerId: base, tableId: "tblEverything0000" };
const create = (columns: NewColumn[], token = "patBuilder") =>
	bench.connector.createColumns?.(bench.call(token), place, columns);
const fieldCount = () => bench.scene.control.table(base, "All types").fields.length;

describe("CON-2: columns that are missing are made", () => {
	const types: TableField["type"][] = [
		"text",
		"long_text",
		"rich_text",
		"url",
		"email",
		"phone",
		"number",
		"currency",
		"percent",
		"rating",
		"duration",
		"boolean",
		"date",
		"datetime",
		"select",
		"multi_select",
		"attachment",
	];
	test.each(types)("%s", async (type) => {
		const made = await create([{ name: "Made here", type, options: ["one", "two", "one"] }]);
		expect(made).toMatchObject({ kind: "ok", value: [{ name: "Made here", type, writable: true }] });
		const options = made?.kind === "ok" ? made.value[0]?.options : [];
		expect(options).toEqual(type === "select" || type === "multi_select" ? ["one", "two"] : undefined);
	});

	test("twice leaves one column, and one of another kind is not taken for it", async () => {
		const columns: NewColumn[] = [
			{ name: "One", type: "text" },
			{ name: "Two", type: "number" },
		];
		const before = fieldCount();
		const first = await create(columns);
		expect(await create(columns)).toEqual(first);
		expect(fieldCount()).toBe(before + 2);
		expect(await create([{ name: "one", type: "date" }])).toMatchObject({ reason: "targets/column-refused" });
	});

	test("a kind that cannot be made and an empty name are refused before anything is asked", async () => {
		for (const column of [
			{ name: "L", type: "link" },
			{ name: " ", type: "text" },
		] satisfies NewColumn[]) {
			expect(await create([column])).toMatchObject({ kind: "refused", reason: "targets/column-refused" });
		}
	});

	test("an account that may not add columns is told what to do", async () => {
		const told = {
			kind: "refused",
			reason: "connections/scope-missing",
			message: expect.stringContaining("Add “New” there"),
		};
		expect(await bench.connector.createColumns?.(bench.call(), place, [{ name: "New", type: "text" }])).toMatchObject(
			told,
		);
		bench.scene.control.setPermission(base, "edit");
		expect(await create([{ name: "New", type: "text" }])).toMatchObject(told);
	});
});

describe("CON-3: files are uploaded into a cell", () => {
	const cells = () => bench.scene.control.rows(base, "All types")[0]?.cells.Files;
	const upload = async (change: { remoteId?: string; columnId?: string; bytes?: Uint8Array; name?: string } = {}) => {
		const rows = bench.scene.control.rows(base, "All types");
		const file = {
			remoteId: rows[0]?.id ?? "",
			columnId: "fldFiles000000000",
			name: "shot.png",
			contentType: "image/png",
			bytes: new Uint8Array([1, 2, 3]),
			...change,
		};
		return bench.connector.upload?.(bench.call(), await bench.target(), file);
	};
	beforeEach(() => void bench.scene.control.addRow({ baseId: base, table: "All types", cells: { Key: "a" } }));

	test("beside the files that are there, and once when the reply is lost", async () => {
		bench.scene.control.plan({ path: "uploadAttachment", effect: { kind: "drop_after_commit" } });
		expect(await upload()).toMatchObject({ kind: "later" });
		const again = await upload();
		expect(again).toMatchObject({ kind: "ok" });
		expect(cells()).toMatchObject([{ filename: "shot.png", size: 3, type: "image/png" }]);
		await upload({ name: "other.png" });
		expect(cells()).toMatchObject([{ filename: "shot.png" }, { filename: "other.png" }]);
	});

	test("five megabytes and not one byte more", async () => {
		expect(await upload({ bytes: new Uint8Array(5 * 1024 * 1024) })).toMatchObject({ kind: "ok" });
		expect(await upload({ bytes: new Uint8Array(5 * 1024 * 1024 + 1) })).toMatchObject({
			kind: "refused",
			reason: "delivery/picture-too-large",
		});
	});

	test("a row or a column that is gone is told", async () => {
		expect(await upload({ remoteId: "recMissing0000000" })).toMatchObject({ kind: "refused" });
		expect(await upload({ columnId: "fldMissing0000000" })).toMatchObject({ reason: "delivery/column-missing" });
	});
});
