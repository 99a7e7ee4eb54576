import type { Fields } from "../../backend/contract/fields.ts";
import type { RecordPutOperation } from "../../backend/contract/writes.ts";
import { testPut } from "../../backend/records/test-operations.ts";

/** About what a product page yields: nine fields, some 900 bytes of JSON. */
const productFields: Fields = {
	description: { type: "text", value: "A jug of stoneware, thrown by hand and glazed in ash grey. ".repeat(4) },
	image: { type: "image", value: "https://shop.example.test/media/stoneware-jug-1200x1200.jpg" },
	brand: { type: "text", value: "Northern Kiln" },
	price: { type: "currency", value: { amount: 48.5, currency: "EUR" } },
	rating: { type: "number", value: 4.6 },
	inStock: { type: "boolean", value: true },
	tags: { type: "list", value: ["kitchen", "stoneware", "handmade"] },
};

/** Puts of new records for one target, each with a match key of its own. */
export function sampleOperations(count: number, targetId: string): RecordPutOperation[] {
	return Array.from({ length: count }, () => {
		const put = testPut({ targetId });
		return { ...put, record: { ...put.record, fields: { ...put.record.fields, ...productFields } } };
	});
}
