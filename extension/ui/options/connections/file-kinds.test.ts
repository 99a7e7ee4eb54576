import { expect, test } from "bun:test";
import { maxFileBytes as contractMax, fileTypes } from "../../../../backend/contract/blobs.ts";
import { acceptedFiles, maxFileBytes, mediaTypeOf } from "./file-kinds.ts";

test("J6: a file is announced as a kind that the server takes, whatever it is called, and as large as it takes", () => {
	expect(maxFileBytes).toBe(contractMax);
	const named = acceptedFiles.split(",").map((ending) => mediaTypeOf(`things.older${ending.toUpperCase()}`));
	for (const mediaType of [...named, mediaTypeOf("things"), mediaTypeOf("")]) {
		expect(fileTypes as readonly string[]).toContain(mediaType);
	}
	expect(mediaTypeOf("a.b.jsonl")).toBe("application/x-ndjson");
});
