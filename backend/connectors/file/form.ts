import type { FormField } from "../../contract/providers.ts";

/** What adding a file asks. The file itself travels as a blob (`contract/blobs.ts`); here is which one, and what it was called. */
export const form: FormField[] = [
	{ name: "sha256", label: "File", kind: "file", nameIn: "name", help: "CSV, JSON or JSONL, up to 100 MB." },
	{ name: "name", label: "Name", kind: "text", optional: true },
	{
		name: "key",
		label: "Column that tells rows apart",
		kind: "text",
		optional: true,
		placeholder: "id",
		help: "With it, a row that was edited in a newer file is the same row. Without it a row is known by all that it says, and an edited one is a new one.",
	},
];
