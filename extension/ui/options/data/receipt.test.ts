import { describe, expect, test } from "bun:test";
import type { DeletionReceipt } from "../../../../backend/contract/account-end.ts";
import { countLines, grantLines, receiptFileName, receiptText } from "./receipt.ts";

const receipt: DeletionReceipt = {
	id: "0199c0de-0000-7000-8000-000000000001",
	requestedAt: "2026-03-01T10:00:00.000Z",
	finishedAt: "2026-03-01T10:00:02.000Z",
	counts: { sessions: 2, records: 41, targets: 1, jobs: 0, odd_things: 3 },
	grants: [
		{ provider: "airtable", outcome: "by_hand", url: "https://airtable.com/create/tokens" },
		{ provider: "github", outcome: "revoked", url: null },
	],
};

describe("SEC-4: the receipt of a deleted account", () => {
	test("SEC-4: numbers as sentences, biggest first, none for what there was none of", () => {
		expect(countLines(receipt)).toEqual(["41 records", "3 odd things", "2 signed-in devices", "1 target"]);
	});

	test("SEC-4: what has to be taken back by hand says where", () => {
		expect(grantLines(receipt)).toEqual([
			{ text: expect.stringContaining("Airtable"), url: "https://airtable.com/create/tokens" },
			{ text: expect.stringContaining("GitHub"), url: null },
		]);
	});

	test("SEC-4: the file holds the number, the times, every count and every address", () => {
		const text = receiptText(receipt);
		for (const part of [
			receipt.id,
			receipt.requestedAt,
			receipt.finishedAt,
			"- 41 records",
			"https://airtable.com/create/tokens",
		]) {
			expect(text).toContain(part);
		}
		expect(receiptFileName(receipt)).toBe("sheaf-deletion-receipt-2026-03-01.txt");
		expect(receiptText({ ...receipt, counts: {}, grants: [] })).toContain("nothing");
	});
});
