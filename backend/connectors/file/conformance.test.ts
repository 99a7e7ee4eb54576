import { describeSource } from "../conformance-source.ts";
import type { PlantedRow } from "../conformance-source-bench.ts";
import { createFileConnector } from "./index.ts";
import { bytesOf, TestFile } from "./test-file.ts";

const notAsked = "Nobody is asked anything: the bytes are this server's own, and come or do not.";
/** Above everything that the suite plants, so that types are those of its parts also where it plants none. */
const typed = "Key,Text,Number,Day\n";

/** Every row that comes or goes makes a newer file, which takes the place of the one before. */
describeSource({
	name: "A file",
	createSimulator: async () => {
		const rows: PlantedRow[] = [];
		let [isGone, isStruck, version] = [false, false, 0];
		const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
		const fileNow = () => {
			const lines = rows.map(({ key, text = "", number = "", day = "" }) =>
				[quoted(key), quoted(text), number, day].join(","),
			);
			const file = new TestFile(bytesOf(typed + lines.join("\n")));
			file.isAway = isStruck;
			isStruck = false;
			return file;
		};
		return {
			url: "https://nowhere.invalid",
			get credential() {
				return { sha256: `file-${version}`, name: "things.csv", key: "Key" };
			},
			place: { containerId: "", tableId: "rows" },
			columns: { key: "Key", text: "Text", number: "Number", day: "Day" },
			files: async () => (isGone ? null : fileNow()),
			plant: (planted) => {
				rows.push(...planted);
				version += 1;
			},
			remove: (key) => {
				const at = rows.findIndex((row) => row.key === key);
				if (at >= 0) rows.splice(at, 1);
				version += 1;
			},
			fail: () => {
				isStruck = true;
			},
			revokeCredential: () => undefined,
			removeTable: () => {
				isGone = true;
			},
			stop: async () => undefined,
		};
	},
	createConnector: () => createFileConnector(),
	without: {
		server_error: notAsked,
		gateway_page: notAsked,
		dropped_before: notAsked,
		malformed_reply: notAsked,
	},
	noProvider: { reason: notAsked },
	goneReason: "sources/file-not-found",
});
